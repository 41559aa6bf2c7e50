using System.Globalization;
using Typed.Package.Tests.Harness;
using Typed.Tests.Harness.Files;
using Typed.Tests.Harness.Structure;

namespace Typed.Package.Tests;

/// <summary>The samples run as their comments say.</summary>
public class SampleTests
{
    [Fact]
    public async Task The_worker_stores_every_line_of_a_file()
    {
        using var folder = new TempFolder();
        await File.WriteAllLinesAsync(
            folder.File("measurements.ndjson"),
            Enumerable.Range(0, 12_000).Select(i => string.Create(
                CultureInfo.InvariantCulture, $$"""{"sensor":"s{{i % 10}}","value":{{i}}.5,"at":"2026-03-21T12:{{i % 60:00}}:00Z"}""")),
            TestContext.Current.CancellationToken);
        var worker = Path.Combine(SourceFolders.RepositoryRoot(), "samples/Worker/bin", DotNet.Configuration, "net10.0/Worker.dll");

        var (exit, output) = await DotNet.RunAsync(folder.Path, [worker, "--file", "measurements.ndjson", "--ConnectionStrings:Sqlite", "Data Source=samples.db"]);

        Assert.True(exit == 0, output);
        Assert.Equal("12000 measurements are stored.", output.Trim());
        Assert.True(File.Exists(folder.File("samples.db")));
    }
}
