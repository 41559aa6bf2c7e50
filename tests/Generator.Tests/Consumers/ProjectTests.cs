using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Typed.Generator.Tests.Harness;
using static Typed.Generator.Tests.Consumers.Consumer;

namespace Typed.Generator.Tests.Consumers;

/// <summary>What surrounds the declarations: other assemblies, settings of the project, the culture of the machine.</summary>
public class ProjectTests
{
    private const string Documented = """
        /// <summary>An order.</summary>
        [Typed.TimeSeries(Type = Typed.SeriesType.Histogram, Intervals = ["minute: 1m keep 60", "day: daily by 1h in Europe/Paris", "1000: 3d"])]
        public partial class Order
        {
            /// <summary>Where.</summary>
            [Typed.SeriesKey] public string Region { get; init; } = "";

            /// <summary>Who.</summary>
            [Typed.SeriesKey] public int Id { get; init; }

            /// <summary>How much.</summary>
            [Typed.SeriesValue] public decimal Amount { get; init; }

            /// <summary>When.</summary>
            [Typed.SeriesTime] public DateTimeOffset At { get; init; }
        }
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_strict_project_builds(bool nullable)
    {
        var options = new CompileOptions { Nullable = nullable, XmlDocs = true, WarningsAsErrors = true, ImplicitUsings = false, LanguageVersion = LanguageVersion.CSharp12 };

        Compile.Run(new TypedGenerator(), options, "using System;\n" + Documented.Replace(", \"1000: 3d\"", "", StringComparison.Ordinal)).AssertClean();
    }

    // C# 12 is the oldest that emitted code compiles with; it knows no params of spans, for one.
    [Fact]
    public void A_stream_with_many_members_builds_in_csharp_12()
    {
        const string Source =
            """
            using System.Collections.Generic;
            [Typed.EventStream] public partial record Order(int A, string B, long C, List<Line> Lines, Dictionary<string, int> More) { public required int D { get; init; } public required string E { get; set; } }
            public class Line { public required int A { get; init; } public required int B { get; init; } public required int C { get; init; } public Kind? Kind { get; set; } }
            public enum Kind { First, Second }
            """;

        Compile.Run(new TypedGenerator(), new CompileOptions { WarningsAsErrors = true, LanguageVersion = LanguageVersion.CSharp12 }, Source).AssertClean();
    }

    [Fact]
    public void A_program_of_one_file_builds()
    {
        var options = new CompileOptions { OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication, WarningsAsErrors = true };

        Compile.Run(new TypedGenerator(), options, Declare(
            """
            using Typed;

            await using var store = await TypedStore.OpenAsync(o => { });
            await Order.In(store).InsertAsync("eu", 3);
            await Order.In(store).InsertAsync([new Order { Region = "eu", Amount = 3 }]);
            await foreach (var day in Order.In(store).Day.For("eu").Last(30)) Console.WriteLine(day.Value);

            @1 partial class Order { [SeriesKey] public required string Region { get; init; } [SeriesValue] public required long Amount { get; init; } }
            """)).AssertClean();
    }

    [Fact]
    public async Task Friends_both_declare_series()
    {
        const string Source = "namespace Shop { @1 internal partial class Order { [Typed.SeriesKey] public string Id { get; } } @1 public partial class Base { [Typed.SeriesKey] internal string Id { get; } = \"\"; } }";
        var library = await CheckAsync(
            "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Shop.App\")]\n" + Declare(Source), new CompileOptions { AssemblyName = "Shop.Library" });

        var app = await CheckAsync(
            Declare("namespace Shop { @1 internal partial class Sale : Base; @1 internal partial class Order2 { [Typed.SeriesKey] public string Id { get; } public static object Use(Typed.TypedStore store) => Order.In(store).Day.For(\"\").Last(); } }"),
            new CompileOptions { AssemblyName = "Shop.App", Libraries = [library] });

        Assert.Contains("global::Shop.Library.TypedModule.Instance", app.Outputs["Assembly-TypedModule.g.cs"], StringComparison.Ordinal);
        using var loaded = app.Load();
        Assert.NotNull(loaded.Type("Shop.App.TypedModule").GetProperty("Instance")!.GetValue(null));
    }

    [Fact]
    public async Task A_module_passes_over_assemblies_without_declarations()
    {
        var library = await CheckAsync(Declare("namespace Shop { @1 public partial class Order; }"), new CompileOptions { AssemblyName = "Shop" });

        var app = Compile.Run(new TypedGenerator(), new CompileOptions { AssemblyName = "App", Libraries = [library] }, "public class Nothing;").AssertClean();

        Assert.Equal(["Assembly-TypedModule.g.cs"], app.Outputs.Keys); // whoever references App finds Shop's module through it
    }

    [Theory]
    [InlineData("al")]
    [InlineData("al,global")]
    public async Task A_module_passes_over_references_that_it_cannot_name(string aliases)
    {
        var library = await CheckAsync(Declare("namespace Shop { @1 public partial class Order; }"), new CompileOptions { AssemblyName = "Shop" });
        var options = new CompileOptions { AssemblyName = "App", Libraries = [library], LibraryAliases = aliases.Split(',') };

        var app = await CheckAsync(Declare("@1 public partial class Sale;"), options);
        var bare = Compile.Run(new TypedGenerator(), options, "public class Nothing;").AssertClean();

        Assert.Equal(aliases.Contains("global", StringComparison.Ordinal), app.Outputs["Assembly-TypedModule.g.cs"].Contains("global::Shop.TypedModule.Instance", StringComparison.Ordinal));
        Assert.Equal(aliases.Contains("global", StringComparison.Ordinal), bare.Outputs.Count > 0);
    }

    [Fact]
    public async Task A_type_with_the_librarys_name_leaves_nothing_to_emit()
    {
        var library = await CheckAsync(Declare("namespace Shop { @1 public partial class Order; }"), new CompileOptions { AssemblyName = "Shop" });

        var app = Compile.Run(new TypedGenerator(), new CompileOptions { AssemblyName = "App", Libraries = [library] }, "public class Typed;").AssertClean();

        Assert.Empty(app.Outputs);
    }

    [Theory]
    [InlineData("namespace System.Runtime.CompilerServices { [AttributeUsage(AttributeTargets.Method)] internal sealed class ModuleInitializerAttribute : Attribute; }")]
    [InlineData("namespace System.ComponentModel { [AttributeUsage(AttributeTargets.All)] internal sealed class EditorBrowsableAttribute(EditorBrowsableState state) : Attribute { public EditorBrowsableState State => state; } }")]
    [InlineData("namespace Shop { public enum Channel { Web } }")] // in the library too
    public async Task Polyfills_are_the_users_business(string source)
    {
        var library = Compile.Run(new TypedGenerator(), new CompileOptions { AssemblyName = "Library" }, "namespace Shop; public enum Channel { Web } public record Item(int Id);");

        await CheckAsync(
            Declare($$"""
                #pragma warning disable CS0436
                {{source}}
                namespace Shop
                {
                    public record Item(int Id);
                    @1 public partial class Order { [Typed.SeriesKey] public Channel Channel { get; } }
                    [Typed.EventStream] public partial class Sale { public Channel Channel { get; set; } public Item Item { get; set; } }
                }
                """),
            new CompileOptions { Libraries = [library] });
    }

    [Theory]
    [InlineData("sv-SE")] // a minus of its own
    [InlineData("tr-TR")] // i and I are not a pair
    [InlineData("ar-SA")] // another calendar
    public void Cultures_make_no_difference(string culture)
    {
        var (before, beforeUi) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        var expected = Outputs();
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            Assert.NotEqual((-1).ToString("N1", CultureInfo.InvariantCulture) + "i".ToUpperInvariant(), (-1).ToString("N1", CultureInfo.CurrentCulture) + "i".ToUpper(CultureInfo.CurrentCulture)); // the culture has its ways
            Assert.Equal(expected, Outputs());
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeUi);
        }

        static SortedDictionary<string, string> Outputs() => new(
            Compile.Run(new TypedGenerator(), Documented.Replace("1000", "ikiInterval", StringComparison.Ordinal), Declare("@1 public partial class ID { [Typed.SeriesKey] public int Il; [Typed.SeriesKey] public int INDEX; }")).Outputs.ToDictionary(),
            StringComparer.Ordinal);
    }
}
