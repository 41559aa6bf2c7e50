using System.Globalization;
using static Typed.Generator.Tests.Rules.Rule;

namespace Typed.Generator.Tests.Rules;

/// <summary>The texts of intervals and what their names become.</summary>
public class IntervalRules
{
    [Theory]
    [InlineData("""["[|minute|]"]""")]
    [InlineData("""["[|minute:|]"]""")]
    [InlineData("""["[|:|] 1m"]""")]
    [InlineData("""["[|1st|]: 1m"]""")]
    [InlineData("""["minute: [|1x|]"]""")]
    [InlineData("""["minute: [|0m|]"]""")]
    [InlineData("""["day: daily [|keep|]"]""")]
    [InlineData("""["day: daily keep [|0|]"]""")]
    [InlineData("""["day: daily by [|weekly|]"]""")]
    [InlineData("""["day: daily in [|Europe/Pariss|]"]""")]
    [InlineData("""["hour: 1h [|in Europe/Paris|]"]""")]
    [InlineData("""["day: daily [|please|]"]""")]
    [InlineData("""[[|""|]]""")]
    [InlineData("""["good: 1m", "bad: [|1x|] keep [|many|]"]""")]
    public Task A_wrong_text_is_marked_where_it_is_wrong(string list) => ExpectAsync(Intervals(list), "TYP1010");

    [Fact]
    public Task The_other_intervals_stay() => ExpectAsync(
        """
        [TimeSeries(Type = Count, Intervals = ["minute: 1m", "bad: [|1x|]", "day: daily by 1h"])]
        public partial class Order { public static object[] All(TypedStore store) => [In(store).Minute, In(store).Day]; }
        """,
        "TYP1010");

    [Theory]
    [InlineData("""["minute: 1m", Nope]""", "CS0103")]
    [InlineData("""[Nope.Never, "minute: 1m"]""", "CS0103")]
    [InlineData("""["minute: 1m", 1]""", "CS0029")]
    [InlineData("""["minute: 1m", Environment.NewLine]""", "CS0182")]
    [InlineData("""[((Nope)), "min" + "ute: 1m", "hour: {|TYP1010:1x|}"]""", "CS0103")]
    [InlineData("""new[] { "minute: 1m", Nope }""", "CS0103")]
    [InlineData("""["minute: 1m", "{|TYP1011:minute|}: 2m", Nope]""", "CS0103")]
    public Task They_also_stay_where_the_compiler_objects_to_one(string list, string error) => ExpectAsync(
        $"[TimeSeries(Type = Count, Intervals = {list})] public partial class Order {{ public static object Use(TypedStore store) => In(store).Minute; }}", errors: error);

    [Theory]
    [InlineData("Nope", "CS0103")]
    [InlineData("[Nope]", "CS0103")]
    [InlineData("1", "CS0029")]
    [InlineData("[.. Nope]", "CS0103")]
    [InlineData("", "CS1525")]
    public Task Where_it_objects_to_all_it_need_not_be_said_that_there_is_none(string list, string error) => ExpectAsync(
        $"[TimeSeries(Type = Count, Intervals = {list})] public partial class Order {{ public static object Use(TypedStore store) => In(store); }}", errors: error);

    [Theory]
    [InlineData("""["minute: 1m", "[|minute|]: 2m"]""", "minute2")]
    [InlineData("""["minute: 1m", "[|Minute|]: 2m"]""", "Minute2")]
    [InlineData("""["minute: 1x", "[|minute|]: 2m"]""", "minute2", "[|1x|]")]
    [InlineData("""["minute2: 1m", "[|minute2|]: 2m"]""", "minute3")]
    [InlineData("""["m: 1m", " [|m|] :2m", "m2: 3m"]""", "m3")]
    public async Task A_name_comes_once(string list, string suggestion, string grammar = "")
    {
        if (grammar.Length > 0)
        {
            list = list.Replace("1x", "{|TYP1010:1x|}", StringComparison.Ordinal);
        }

        var reported = await ExpectAsync(Intervals(list), "TYP1011");

        Assert.Equal(suggestion, reported[^1].Properties["NewName"]);
    }

    [Theory]
    [InlineData("[|[]|]")]
    [InlineData("[|new string[0]|]")]
    [InlineData("[|null!|]")]
    [InlineData("[\"hour: 1h\"]")]
    public Task A_series_has_an_interval(string list) => ExpectAsync(Intervals(list), "TYP1012");

    [Fact]
    public Task Also_where_none_is_mentioned() => ExpectAsync("[[|TimeSeries(Type = Count)|]] public partial class Order;", "TYP1012", "CS9035");

    [Theory]
    [InlineData("[|\"\"|]")]
    [InlineData("[|\"1st\"|]")]
    [InlineData("[|\"a-b\"|]")]
    [InlineData("[|\"größe\"|]")]
    [InlineData("[|\"x234567890123456789012345678901234567890123456789012345678901234\"|]")]
    [InlineData("\"x23456789012345678901234567890123456789012345678901234567890123\"")]
    [InlineData("\"_shop_Orders2\"")]
    [InlineData("null")]
    public Task A_name_can_start_a_table(string name) => ExpectAsync(
        $"[TimeSeries(Type = Count, Name = {name}, Intervals = [\"hour: 1h\"])] public partial class Order {{ public static object All(TypedStore store) => In(store).Hour; }}", "TYP1013");

    [Theory]
    [InlineData("Count", "keys", "Keys", "unkeyed")]
    [InlineData("Count", "keys", "Keys")]
    [InlineData("Count", "insertAsync", "InsertAsync")]
    [InlineData("Histogram", "DeleteAsync", "DeleteAsync")]
    [InlineData("Count", "expireAsync", "ExpireAsync")]
    [InlineData("Count", "interval", "Interval")]
    [InlineData("Count", "handle", "Handle")]
    [InlineData("Count", "equals", "Equals")]
    [InlineData("Count", "getType", "GetType")]
    [InlineData("Count", "minute: 1m\", \"minuteBucket", "MinuteBucket")]
    [InlineData("Count", "minuteBucket: 1m\", \"minute", "MinuteBucket")]
    public async Task An_interval_is_no_member_that_the_handle_has_anyway(string type, string name, string member, string keyed = "keyed")
    {
        var key = keyed is "keyed" ? "[SeriesKey] public int Id { get; init; }" : "";
        var mark = keyed is "keyed" ? name[(name.LastIndexOf('"') + 1)..] : "";
        var text = name[..^mark.Length] + (mark.Length > 0 ? $"[|{mark}|]" : "");
        var reported = await ExpectAsync(Intervals($"[\"good: 1s\", \"{text}: 1h keep 3\"]", type).Replace("class Order {", $"class Order {{ {key}", StringComparison.Ordinal), "TYP1017");

        Assert.All(reported, diagnostic => Assert.Contains($"the member '{member}', which", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Key")]
    [InlineData("row")]
    [InlineData("in")]
    [InlineData("scope")]
    [InlineData("event")]
    [InlineData("bucket")]
    public Task Other_names_are_free(string name) => ExpectAsync(
        Intervals($"[\"{name}: 1h\", \"{name}2: daily by 1h\"]").Replace("class Order {", "class Order { [SeriesKey] public int Id { get; init; }", StringComparison.Ordinal));

    [Theory]
    [InlineData("""["fiveMinutes: 5m", "[|five_minutes|]: 300s"]""", "order_five_minutes", "the interval 'fiveMinutes'")]
    [InlineData("""["x: 1m", "X2: 1m", "[|x2|]: 1m"]""", "", "")]
    [InlineData("""["x1: 1m", "x_1: 1m"]""", "", "")]
    public async Task A_table_belongs_to_one_interval(string list, string table, string owner)
    {
        var reported = await ExpectAsync(Intervals(list), table.Length > 0 ? "TYP1018" : "TYP1011");

        Assert.All(reported, diagnostic => Assert.True(table.Length == 0 || diagnostic.GetMessage(CultureInfo.InvariantCulture).Contains($"the table '{table}', as has {owner}", StringComparison.Ordinal)));
    }

    [Fact]
    public Task Not_one_of_Typeds_own() => ExpectAsync(
        "[TimeSeries(Type = Count, Name = \"typed\", Intervals = [\"[|catalog|]: 1h\", \"hour: 1h\"])] public partial class Order;", "TYP1018");

    [Fact]
    public Task Intervals_of_a_Series_share_its_points() => ExpectAsync(Intervals("""["fiveMinutes: 5m", "five_minutes: 300s"]""", "Series"));
}
