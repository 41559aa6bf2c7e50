using System.Globalization;
using Microsoft.CodeAnalysis;
using Typed.Generator.Analysis;
using Typed.Generator.Tests.Harness;

namespace Typed.Generator.Tests.Rules;

/// <summary>Two series of one assembly have different tables.</summary>
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
        var reported = await Analyze.ReportAsync([new SeriesTableAnalyzer()], compilation);

        Assert.Equal("B.cs", Assert.Single(reported).Location.SourceTree!.FilePath);
    }
}
