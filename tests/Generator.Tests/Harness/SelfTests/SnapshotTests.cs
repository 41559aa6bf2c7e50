using Typed.Tests.Harness.Files;

namespace Typed.Generator.Tests.Harness.SelfTests;

public class SnapshotTests
{
    [Fact]
    public void Matches_the_verified_file() =>
        Snapshot.Match(Compile.Run(new ToyGenerator(), "public partial class RedToy;").Outputs["RedToy.g.cs"]);

    [Fact]
    public void Fails_without_a_verified_file_and_leaves_what_it_received()
    {
        using var folder = new TempFolder();

        var message = Failure(folder, "one\r\ntwo");

        Assert.Contains("Test.Case.verified.cs does not exist", message, StringComparison.Ordinal);
        Assert.Equal("one\ntwo\n", File.ReadAllText(folder.File("Test.Case.received.cs")));
    }

    [Fact]
    public void Fails_with_the_lines_that_differ()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("Test.Case.verified.cs"), "1\n2\n3\n4\nold\n6\n");

        var message = Failure(folder, "1\n2\n3\n4\nnew\nnewer\n6\n");

        Assert.EndsWith("@@ line 5 @@\n  2\n  3\n  4\n- old\n+ new\n+ newer\n  6\n  ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_endings_do_not_count_and_a_match_clears_the_received_file()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("Test.Case.verified.cs"), "one\r\ntwo");
        File.WriteAllText(folder.File("Test.Case.received.cs"), "old");

        Snapshot.Match("one\ntwo\n", folder.File("Test.cs"), "Case");

        Assert.False(File.Exists(folder.File("Test.Case.received.cs")));
    }

    private static string Failure(TempFolder folder, string text) =>
        Assert.ThrowsAny<Exception>(() => Snapshot.Match(text, folder.File("Test.cs"), "Case")).Message;
}
