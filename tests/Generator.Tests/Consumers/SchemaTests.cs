using Typed.Generator.Tests.Harness;
using Typed.Schema.Shapes;
using Typed.Tests.Harness.Files;

namespace Typed.Generator.Tests.Consumers;

/// <summary>The schema file in a build of the SDK at hand, with the targets that ship.</summary>
public class SchemaTests
{
    private const string Source = """
        using Typed;

        namespace Shop;

        /// <summary>A view.</summary>
        /// <param name="Url">Where.</param>
        /// <param name="Seconds">How long.</param>
        [EventStream(Name = "shop.views")]
        public partial record View(string Url, int Seconds);

        /// <summary>Hits.</summary>
        [TimeSeries(Type = SeriesType.Count, Intervals = ["hour: 1h keep 24"])]
        public partial class Hit
        {
            /// <summary>Where.</summary>
            [SeriesKey] public required string Route { get; init; }
        }
        """;

    // Written from the declarations, agreed to, disagreed with, broken, mended, and written again.
    [Fact]
    public async Task A_build_writes_the_file_compares_it_and_names_its_line()
    {
        using var folder = new TempFolder();
        var file = folder.File(SchemaFile.Name);
        await File.WriteAllTextAsync(folder.File("Consumer.csproj"), SdkProject.Text());
        await File.WriteAllTextAsync(folder.File("View.cs"), Source);
        var (exit, output) = await SdkProject.BuildAsync(folder.Path, arguments: "-p:TypedSchema=update");
        Assert.True(exit == 0, output);
        var written = await File.ReadAllTextAsync(file);
        var read = SchemaFileReader.Read(written);
        Assert.Empty(read.Problems);
        Assert.Equal(written, SchemaFileWriter.Write(read.File));
        Assert.Equal(["shop.views", "hit"], [.. read.File.Streams.Select(stream => stream.Name), .. read.File.Series.Select(series => series.Name)]);

        (exit, output) = await SdkProject.BuildAsync(folder.Path);
        Assert.True(exit == 0, output);
        Assert.DoesNotContain("TYP4", output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, written.Replace("\"integer\"", "\"number\"", StringComparison.Ordinal));
        (exit, output) = await SdkProject.BuildAsync(folder.Path);
        Assert.NotEqual(0, exit);
        Assert.Contains("View.cs(9,44): error TYP4005: stream 'shop.views': 'seconds' was 'number' and is now 'integer': make the member a double", output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, written.Replace("\"Count\"", "\"Counts\"", StringComparison.Ordinal));
        (exit, output) = await SdkProject.BuildAsync(folder.Path);
        Assert.NotEqual(0, exit);
        var line = Array.FindIndex(written.Split('\n'), text => text.Contains("\"Count\"", StringComparison.Ordinal)) + 1;
        Assert.Contains($"typed.schema.json({line},15): error TYP4015: The entry \"hit\" is broken", output, StringComparison.Ordinal);

        (exit, output) = await SdkProject.BuildAsync(folder.Path, arguments: "-p:TypedSchema=update");
        Assert.True(exit == 0, output);
        Assert.Equal(written, await File.ReadAllTextAsync(file));
    }
}
