using Typed.Package.Tests.Harness;
using Typed.Tests.Harness.Files;
using Typed.Tests.Harness.Postgres;

namespace Typed.Package.Tests;

/// <summary>A program without LINQ is published as native code, without a warning, and does its work on both databases.</summary>
public class PublishTests(Workshop workshop)
{
    private const string Expected = """
        200: 3
        302: 1
        404: 1
        /: 2 of 5120 to 5133 bytes
        visitors: 3
        last: 96
        mean: 3059.75
        12: 2 of 21.5 degrees
        14:00 Get /cart 302
        13:00 Get / 200
        4
        """;

    /// <summary>Native code is trimmed as assemblies are, so these are published in the soak form alone.</summary>
    public static TheoryData<string> Forms { get; } = Environment.GetEnvironmentVariable("TYPED_SOAK") == "1" ? ["native", "trimmed"] : ["native"];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task It_does_its_work_on_both_databases(string name)
    {
        var (published, log) = await workshop.PublishAsync("Native", name, [$"-p:Form={name}", $"-p:Linker={Linker}"]);
        Assert.True(published == 0, log);
        Assert.DoesNotContain("warning", log, StringComparison.Ordinal);

        using var folder = new TempFolder();
        var program = Path.Combine(workshop.Folder("Native"), name, "Native");
        var (exit, output) = await DotNet.RunProgramAsync(program, folder.Path, []);
        Assert.True(exit == 0, output);
        Assert.Equal(Expected, output.ReplaceLineEndings("\n").TrimEnd());

        await using var database = await PostgresCluster.CreateDatabaseAsync("native");
        (exit, output) = await DotNet.RunProgramAsync(program, folder.Path, [database.ConnectionString]);
        Assert.True(exit == 0, output);
        Assert.Equal(Expected, output.ReplaceLineEndings("\n").TrimEnd());
    }

    /// <summary>What links native code.</summary>
    private static string Linker
    {
        get
        {
            var folders = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator);
            var found = new[] { "clang", "gcc" }.FirstOrDefault(name => folders.Any(folder => File.Exists(Path.Combine(folder, name))));
            Assert.True(found is not null, "Native code is linked by clang or gcc, and neither is on the PATH: apt-get install gcc libc6-dev.");
            return found!;
        }
    }
}
