using System.Globalization;
using Microsoft.CodeAnalysis;
using Typed.Generator.Analysis;
using Typed.Generator.Tests.Harness;

namespace Typed.Generator.Tests.Rules;

/// <summary>Two declared types of one assembly have different tables.</summary>
public class TableRules
{
    [Fact]
    public async Task The_later_of_two_is_told()
    {
        var reported = await Rule.ExpectAsync(
            """
            namespace Shop { [TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Order; }
            namespace Billing { [TimeSeries(Type = Gauge, Intervals = ["minute: 1m", "hour: 1h"])] public partial record [|Order|]([SeriesValue] int Sum); }
            """,
            "TYP1019");

        Assert.Equal("'Billing.Order' would have the table 'order_hour', as has 'Shop.Order': give one of them another Name", reported[0].GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("Type = Count, Name = [|\"first\"|], Intervals = [\"hour: 1h\"]")]
    [InlineData("Type = Count, Name = [|\"First\"|], Intervals = [\"HOUR: 1h\"]")] // SQLite
    [InlineData("Type = Count, Name = [|\"first_five\"|], Intervals = [\"minutes: 5m\"]")]
    [InlineData("Type = Count, Name = [|\"first_in_space_and_time_and_in_every_other_dimension_there_is\"|], Intervals = [\"hour: 1h\"]", "first_in_space_and_time_and_in_every_other_dimension_there_is")]
    [InlineData("Type = Count, Name = \"first\", Intervals = [\"day: 1d\"]")]
    [InlineData("Type = Series, Name = \"first\", Intervals = [\"hour: 1h\"]")] // one table of points
    public Task Names_count_as_the_database_sees_them(string second, string first = "first") => Rule.ExpectAsync(
        $"[TimeSeries(Type = Count, Name = \"{first}\", Intervals = [\"hour: 1h\", \"fiveMinutes: 5m\"])] public partial class A; [TimeSeries({second})] public partial class B {{ [SeriesValue] public int Value {{ get; }} }}", "TYP1019");

    [Fact]
    public Task Points_are_a_table_too() => Rule.ExpectAsync(
        """
        [TimeSeries(Type = Series, Name = "a", Intervals = ["hour: 1h"])] public partial class A { [SeriesValue] public int Value { get; } }
        [TimeSeries(Type = Count, Name = [|"a"|], Intervals = ["points: 1h"])] public partial class B;
        """,
        "TYP1019");

    [Fact]
    public async Task Later_means_by_file_and_place_whatever_the_order_of_compilation()
    {
        var options = CompileOptions.Default;
        SyntaxTree File(string ns, string path) => Compile.Tree(options, $"namespace {ns}; [Typed.TimeSeries(Type = Typed.SeriesType.Count, Intervals = [\"hour: 1h\"])] public partial class Order;", path);

        var compilation = Compile.Create(options).AddSyntaxTrees(File("Late", "B.cs"), File("Early", "A.cs"));
        var reported = await Analyze.ReportAsync([new TableAnalyzer()], compilation);

        Assert.Equal("B.cs", Assert.Single(reported).Location.SourceTree!.FilePath);
    }

    [Theory]
    [InlineData("Type = Count, Intervals = [\"hour: 1h\"]", "order_hour")]
    [InlineData("Type = Count, Intervals = [\"day: 1d\", \"fiveMinutes: 5m\"]", "Order.Five-Minutes")]
    [InlineData("Type = Count, Name = \"ORDER\", Intervals = [\"hour: 1h\"]", "order_hour")] // SQLite
    [InlineData("Type = Series, Intervals = [\"hour: 1h\"]", "order_points")]
    public async Task A_stream_has_none_of_a_series(string series, string name)
    {
        var reported = await Rule.ExpectAsync(
            $"[EventStream(Name = \"{name}\")] public partial record [|Visit|](int N); namespace Shop {{ [TimeSeries({series})] public partial class Order {{ [SeriesValue] public int Value {{ get; }} }} }}", "TYP2013");

        var table = name.ToLowerInvariant().Replace('.', '_').Replace('-', '_');
        Assert.Equal($"Visit is the stream \"{name}\", and its table {table} is that of the series 'Shop.Order' too: give it another Name", reported[0].GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("typed_catalog")]
    [InlineData("typed.writers")]
    [InlineData("Typed_Catalog")]
    public async Task Nor_one_of_Typeds_own(string name)
    {
        var reported = await Rule.ExpectAsync($"[EventStream(Name = \"{name}\")] public partial record [|Visit|](int N);", "TYP2013");

        Assert.EndsWith("is that of Typed itself too: give it another Name", reported[0].GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("order_day")]
    [InlineData("order")]
    [InlineData("typed_catalogs")]
    public Task Other_streams_are_fine(string name) => Rule.ExpectAsync(
        $"[EventStream(Name = \"{name}\")] public partial record Visit(int N); [TimeSeries(Type = Count, Intervals = [\"hour: 1h\"])] public partial class Order;");
}
