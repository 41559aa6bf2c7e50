using System.Text.RegularExpressions;

namespace Typed.Generator.Tests.Docs;

/// <summary>The examples of the README and of the pages are programs: they compile without a warning and print what their comments say.</summary>
[Collection(ExampleProgram.Collection)]
public partial class ExampleTests
{
    private static readonly string[] s_pages = ["README.md", "docs/writing.md"];

    public static TheoryData<string, int> Examples { get; } =
        [.. s_pages.SelectMany(page => Enumerable.Range(0, Blocks().Count(Page.Text(page))).Select(number => (page, number)))];

    [Fact]
    public void There_are_examples() => Assert.Equal(6, Examples.Count);

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_compiles_and_prints_what_it_says(string page, int number)
    {
        var example = Blocks().Matches(Page.Text(page))[number].Groups["code"].Value;
        var promised = Promises().Matches(example).Select(match => match.Groups["printed"].Value.Trim()).ToArray();
        Assert.NotEmpty(promised);

        var databases = Databases().Matches(example).Select(match => match.Groups["file"].Value).ToArray();
        var spools = Spools().Matches(example).Select(match => match.Groups["folder"].Value).ToArray();
        Delete(databases);
        DeleteFolders(spools);
        try
        {
            var (exitCode, printed) = ExampleProgram.Run(example);

            Assert.Equal(0, exitCode);
            Assert.Equal(promised, printed.Intersect(promised, StringComparer.Ordinal));
            Assert.Equal(Prints().Count(example), printed.Length);
        }
        finally
        {
            Delete(databases);
            DeleteFolders(spools);
        }
    }

    [Fact]
    public void An_example_that_does_not_compile_fails() =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => ExampleProgram.Run("using Typed; await ResponseTime.In(null!).InsertAsync();"));

    private static void Delete(IEnumerable<string> databases)
    {
        foreach (var database in databases)
        {
            File.Delete(database);
        }
    }

    private static void DeleteFolders(IEnumerable<string> folders)
    {
        foreach (var folder in folders.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex("Spool = \"(?<folder>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Spools();

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Blocks();

    [GeneratedRegex("Console\\.WriteLine\\(.*\\);\\s+// (?<printed>.*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Promises();

    [GeneratedRegex("Console\\.WriteLine", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Prints();

    [GeneratedRegex("Data Source=(?<file>[a-z.]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Databases();
}
