using Typed.Generator.Tests.Harness;
using Typed.Schema.Shapes;
using Typed.Tests.Harness.Files;

namespace Typed.Generator.Tests.Consumers;

/// <summary>The schema file in a build of the SDK at hand, with the targets that ship.</summary>
[Collection(Docs.ExampleProgram.Collection)]
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

        (exit, output) = await SdkProject.BuildAsync(folder.Path, arguments: "--no-restore");
        Assert.True(exit == 0, output);
        Assert.DoesNotContain("TYP4", output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, written.Replace("\"integer\"", "\"number\"", StringComparison.Ordinal));
        (exit, output) = await SdkProject.BuildAsync(folder.Path, arguments: "--no-restore");
        Assert.NotEqual(0, exit);
        Assert.Contains("View.cs(9,44): error TYP4005: stream 'shop.views': 'seconds' was 'number' and is now 'integer': make the member a double", output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, written.Replace("\"Count\"", "\"Counts\"", StringComparison.Ordinal));
        (exit, output) = await SdkProject.BuildAsync(folder.Path, arguments: "--no-restore");
        Assert.NotEqual(0, exit);
        var line = Array.FindIndex(written.Split('\n'), text => text.Contains("\"Count\"", StringComparison.Ordinal)) + 1;
        Assert.Contains($"typed.schema.json({line},15): error TYP4015: The entry \"hit\" is broken", output, StringComparison.Ordinal);

        (exit, output) = await SdkProject.BuildAsync(folder.Path, arguments: ["--no-restore", "-p:TypedSchema=update"]);
        Assert.True(exit == 0, output);
        Assert.Equal(written, await File.ReadAllTextAsync(file));
    }

    // A database with events of an older shape; a class that disagrees; the build that says so; the fix; and the old events, read by the new class.
    [Fact]
    public async Task From_old_events_to_a_class_that_reads_them()
    {
        using var folder = new TempFolder();
        var database = folder.File("shop.db");
        var (_, printed) = Docs.ExampleProgram.Run($$"""
            using Typed;
            await using var store = await TypedStore.OpenAsync(o => o.UseSqlite("Data Source={{database}}"));
            await View.In(store).PutAsync([new View("/home", 1.5), new View("/cart", 2)]);
            Console.WriteLine(await View.In(store).InferSchemaAsync());

            [EventStream(Name = "shop.views")]
            public partial record View(string Address, double Seconds);
            """);
        var text = SchemaFileWriter.Write(new SchemaFile([new StreamShape("shop.views", "CamelCase", printed.Single())], []));
        await File.WriteAllTextAsync(folder.File(SchemaFile.Name), text);
        await File.WriteAllTextAsync(folder.File("Consumer.csproj"), SdkProject.Text());

        const string Disagrees = """
            using Typed;

            namespace Shop
            {
                /// <summary>A view.</summary>
                /// <param name="Url">Where.</param>
                /// <param name="Seconds">How long.</param>
                [EventStream(Name = "shop.views")]
                public partial record View(string Url, double Seconds);
            }
            """;
        await File.WriteAllTextAsync(folder.File("View.cs"), Disagrees);
        var (exit, output) = await SdkProject.BuildAsync(folder.Path);
        Assert.NotEqual(0, exit);
        Assert.Contains(
            "View.cs(9,39): error TYP4003: stream 'shop.views': 'url' (string) is not stored, and 'address' (string) is: it looks renamed: add [FormerName] with the stored name",
            output, StringComparison.Ordinal);

        var mended = Disagrees.Replace("string Url", "[FormerName(\"address\")] string Url", StringComparison.Ordinal); // as FormerNameFix does
        await File.WriteAllTextAsync(folder.File("View.cs"), mended);
        (exit, output) = await SdkProject.BuildAsync(folder.Path, arguments: "--no-restore");
        Assert.True(exit == 0, output);

        (_, printed) = Docs.ExampleProgram.Run(
            $$"""
            using Microsoft.EntityFrameworkCore;
            using Shop;
            using Typed;
            await using var store = await TypedStore.OpenAsync(o => o.UseSqlite("Data Source={{database}}"));
            await View.In(store).PutAsync(new View("/new", 3));
            await foreach (var view in View.In(store))
            {
                Console.WriteLine($"{view.Body.Url} {view.Body.Seconds}");
            }

            await using var db = store.CreateDbContext();
            Console.WriteLine(await View.In(db).AsQueryable().CountAsync(e => e.Body.Url == "/cart"));

            {{mended.Replace("using Typed;", "", StringComparison.Ordinal)}}
            """,
            new TextFile(folder.File(SchemaFile.Name), text));

        Assert.Equal(["/home 1.5", "/cart 2", "/new 3", "1"], printed);
    }
}
