using Typed.Schema.Shapes;

namespace Typed.Runtime.Tests.Schema;

/// <summary>Every row of the table of differences that is about series, and whole streams and series.</summary>
public sealed class SeriesComparisonTests
{
    private static readonly SeriesShape s_stored = new(
        "hits", "Histogram", "Value Double", ["Region String", "Route String"], [new("minute", "1m"), new("day", "daily by 1h in Europe/Paris")]);

    [Fact]
    public void The_same_is_no_difference() => Assert.Empty(SchemaComparer.Compare(s_stored, s_stored with { Keys = [.. s_stored.Keys] }));

    [Theory]
    [InlineData("Count", "SeriesType: type was 'Histogram' and is now 'Count'")]
    [InlineData("Series", "SeriesType: type was 'Histogram' and is now 'Series'")]
    public void Another_type(string type, string expected) => Differ(s_stored with { Type = type }, expected);

    [Fact]
    public void Another_value_type() =>
        Differ(s_stored with { Value = "Value Int64" }, "SeriesValue: value was 'Value Double' and is now 'Value Int64'");

    [Fact]
    public void Another_key() => Differ(
        s_stored with { Keys = ["Region String"] }, "SeriesKeys: keys was 'Region String, Route String' and is now 'Region String'");

    [Fact]
    public void Another_order_of_keys() => Differ(
        s_stored with { Keys = ["Route String", "Region String"] },
        "SeriesKeyOrder: the order of keys was 'Region String, Route String' and is now 'Route String, Region String'");

    [Theory]
    [InlineData("daily by 2h in Europe/Paris")]
    [InlineData("weekly by 1h in Europe/Paris")]
    [InlineData("daily by 1h in Asia/Tokyo")]
    public void Another_step_resolution_or_zone(string layout) => Differ(
        s_stored with { Intervals = [new("minute", "1m"), new("Day", layout)] },
        $"IntervalGrid: interval 'Day' was 'daily by 1h in Europe/Paris' and is now '{layout}'");

    [Fact]
    public void A_new_interval_and_one_that_is_gone() => Differ(
        s_stored with { Intervals = [new("minute", "1m"), new("hour", "1h")] },
        "IntervalAdded: interval 'hour' (1h) is declared, and nothing is stored for it",
        "IntervalUndeclared: interval 'day' (daily by 1h in Europe/Paris) is stored, and the class does not have it");

    [Fact]
    public void Whole_streams_and_series()
    {
        var stream = new StreamShape("views", "CamelCase", """{"type":"object","properties":{},"required":[]}""");
        var stored = new SchemaFile([stream, stream with { Name = "gone" }], [s_stored, s_stored with { Name = "left" }]);
        var declared = new SchemaFile([stream, stream with { Name = "new" }], [s_stored, s_stored with { Name = "fresh" }]);

        Assert.Equal(
            [
                "stream 'new' is declared, and nothing is stored for it", "stream 'gone' is stored, and no class declares it",
                "series 'fresh' is declared, and nothing is stored for it", "series 'left' is stored, and no class declares it",
            ],
            SchemaComparer.Compare(stored, declared).Select(difference => difference.ToString()));
    }

    // Under another naming every member would seem renamed.
    [Fact]
    public void Another_naming()
    {
        var stored = new StreamShape("views", "CamelCase", """{"type":"object","properties":{"aB":{"type":"string"}},"required":["aB"]}""");
        var declared = new StreamShape("views", "SnakeCaseLower", """{"type":"object","properties":{"a_b":{"type":"string"}},"required":["a_b"]}""");

        Assert.Equal(
            "stream 'views': naming was 'CamelCase' and is now 'SnakeCaseLower'", Assert.Single(SchemaComparer.Compare(stored, declared)).ToString());
    }

    [Fact]
    public void A_catalog_gives_the_shapes_that_were_described()
    {
        var stream = new StreamShape("shop.views", "CamelCase", null) { Body = "Jsonb", Follow = "False" };
        var tables = s_stored.Intervals.Select(interval => ($"hits_{interval.Name}", Layout.Describe(s_stored with { Intervals = [interval] })));

        var read = CatalogShapes.Read([.. tables, ("shop_views", Layout.Describe(stream))]);

        Assert.Equal(s_stored, Assert.Single(read.Series));
        Assert.Equal(stream, Assert.Single(read.Streams));
    }

    [Fact]
    public void A_catalog_of_an_earlier_version_gives_names_by_its_tables()
    {
        var read = CatalogShapes.Read(
            [("top_hits_day", "type: Count\nkeys: A String, B Int32\nvalue: Value Int64\ninterval: daily"), ("raw_points", "type: Series\nkeys: \nvalue: Value Double")]);

        Assert.Equal(
            [new SeriesShape("raw", "Series", "Value Double", [], []), new("top_hits", "Count", "Value Int64", ["A String", "B Int32"], [new("day", "daily")])],
            read.Series);
    }

    private static void Differ(SeriesShape declared, params string[] expected) => Assert.Equal(
        expected, SchemaComparer.Compare(s_stored, declared).Select(difference => $"{difference.Kind}: {difference.Text}"));
}
