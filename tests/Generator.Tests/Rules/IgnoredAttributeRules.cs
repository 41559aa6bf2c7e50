using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Typed.Generator.Tests.Rules;

/// <summary>An attribute of ours where no point can be read.</summary>
public class IgnoredAttributeRules
{
    [Theory]
    [InlineData("[[|SeriesKey|]] public static string Route { get; set; } = \"\";")]
    [InlineData("[[|SeriesKey|]] public const string Route = \"\";")]
    [InlineData("[[|SeriesTime|]] public static DateTime At;")]
    [InlineData("[[|SeriesKey|]] public string Route { set { } }")]
    [InlineData("[[|SeriesKey|]] public string this[int index] => \"\";")]
    [InlineData("[field: [|SeriesKey|]] public string Route { get; set; } = \"\";")]
    [InlineData("public Order([[|SeriesKey|]] string route) { } public string Route => \"\";")]
    [InlineData("public void Set([[|SeriesKey|]] string Route) { } public string Route => \"\";")]
    [InlineData("[[|SeriesKey, SeriesValue|]] public static int Route;")]
    [InlineData("public Order([SeriesKey] string Route) { this.Route = Route; } public string Route { get; }")]
    [InlineData("[SeriesKey] public virtual string Route => \"\"; [SeriesKey] public readonly int Field; [property: SeriesKey] public int Id { get; private set; } [SeriesKey] private int Shy { get; }")]
    public Task On_a_member_of_a_point(string member) => Expect($"public partial class Order {{ {member} }}");

    [Theory]
    [InlineData("public partial class Order([[|SeriesKey|]] string route) { public string Route => route; }")]
    [InlineData("public partial record Order([field: [|SeriesKey|]] string Route);")]
    [InlineData("public partial record Order([SeriesKey] string Route, [property: SeriesKey] int Id, [param: SeriesKey] int Zone);")]
    [InlineData("public partial record Order([SeriesKey] string Route) { public string Route { get; init; } = Route; }")]
    [InlineData("public partial class Order(string route) { [SeriesKey] public string Route => route; }")]
    public Task On_a_parameter(string type) => Expect(type);

    [Theory]
    [InlineData("public partial class Order : IHas { string IHas.Route => \"\"; } public interface IHas { [[|SeriesKey|]] string Route { get; } }")]
    [InlineData("public partial class Order : IHas { [[|SeriesKey|]] string IHas.Route => \"\"; } public interface IHas { string Route { get; } }")]
    public Task On_what_comes_from_an_interface(string types) => Expect(types);

    [Theory]
    [InlineData("public int this[[[|SeriesKey|]] int index] => 0;")]
    [InlineData("public int this[[[|SeriesTime|]] DateTime index] { get => 0; set { } }")]
    [InlineData("public int Route { get; [param: [|SeriesKey|]] set; }")]
    [InlineData("public delegate void Handler([[|SeriesValue|]] int value);")]
    [InlineData("public static Order operator +(Order one, [[|SeriesKey|]] Order other) => one;")]
    [InlineData("public void Use() { void Local([[|SeriesKey|]] int value) { } Local(1); }")]
    [InlineData("public object Use() => ([[|SeriesKey|]] int value, [[|SeriesTime|]] DateTime at) => value;")]
    public Task On_a_parameter_of_anything_else(string member) => Expect($"public partial class Order {{ {member} }}");

    [Theory]
    [InlineData("public partial class Order { [[|EventTime|]] public DateTime At { get; } }", "'Order' is a time series, whose time is marked by [SeriesTime]")]
    [InlineData("public partial record Order([[|EventTime|]] DateTime At);", "'Order' is a time series, whose time is marked by [SeriesTime]")]
    [InlineData("public partial class Order : Base; public class Base { [EventTime] public DateTime At { get; } }", "")] // a stream may derive from it too
    public async Task What_marks_events_does_nothing_in_a_series(string type, string why)
    {
        var reported = await Expect(type);

        Assert.All(reported, one => Assert.EndsWith(why, one.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("public partial class Visit { [[|SeriesKey|]] public int Id { get; set; } [[|SeriesValue|]] public int Sum { get; set; } [[|SeriesTime|]] public DateTime At { get; set; } }")]
    [InlineData("public partial record Visit([[|SeriesKey|]] int Id, [property: [|SeriesTime|]] DateTime At, [EventTime] DateTime Then);")]
    [InlineData("public partial class Visit { [[|SeriesKey|]] public static int Id { get; set; } }")] // said once
    [InlineData("public partial class Visit : Base; public class Base { [SeriesKey] public int Id { get; set; } }")]
    public Task Nor_does_what_marks_points_in_a_stream(string type) => Rule.ExpectAsync("[EventStream] " + type, "TYP1020");

    [Theory]
    [InlineData("[EventStream] public partial class Sale([[|EventTime|]] DateTimeOffset at) { public DateTimeOffset At => at; }")]
    [InlineData("[EventStream] public partial class Sale { [field: [|EventTime|]] public DateTimeOffset At { get; set; } }")]
    [InlineData("[EventStream] public partial record Sale([field: [|EventTime|]] DateTimeOffset At);")]
    [InlineData("[EventStream] public partial class Sale { [[|EventTime|]] public static DateTimeOffset At { get; set; } }")]
    [InlineData("[EventStream] public partial class Sale { [[|EventTime|]] public DateTimeOffset At { set { } } }")]
    [InlineData("[EventStream] public partial class Sale { [[|EventTime|]] public DateTimeOffset this[int index] => default; }")]
    [InlineData("[EventStream] public partial class Sale : IHas { [[|EventTime|]] DateTimeOffset IHas.At => default; } public interface IHas { DateTimeOffset At { get; } }")]
    [InlineData("[EventStream] public partial class Sale { public DateTime At { get; [param: [|EventTime|]] set; } public int this[[[|EventTime|]] DateTime at] => 0; public delegate void Handler([[|EventTime|]] DateTime at); }")]
    [InlineData("[EventStream] public partial class Sale { public object Use() { void Local([[|EventTime|]] DateTime at) { } Local(default); return ([[|EventTime|]] DateTime at) => at; } }")]
    [InlineData("[TimeSeries(Type = Count, Intervals = [\"hour: 1h\"])] public partial class Sale { [[|EventTime|]] public static DateTimeOffset At { get; set; } }")] // said once
    [InlineData("[EventStream] public partial class Sale : Has; public class Has { [[|EventTime|]] public static DateTimeOffset At; }")]
    [InlineData("[EventStream] public partial record Sale([EventTime] DateTimeOffset At); [EventStream] public partial record Return([property: EventTime] DateTime? At);")]
    public Task Of_an_event(string types) => Rule.ExpectAsync(types, "TYP2005");

    [Theory]
    [InlineData("Order", "public class Base { [SeriesKey] public string Route { get; init; } = \"\"; [SeriesKey] protected internal int Id; [SeriesKey] private protected int Zone; }")]
    [InlineData("[|Order|]", "public class Base { [SeriesKey] private string Route { get; init; } = \"\"; }")]
    [InlineData("[|Order|]", "public class Base { [SeriesKey] public string Route { private get; init; } = \"\"; }")]
    public Task A_declared_type_reads_what_it_inherits(string order, string type) => Rule.ExpectAsync(
        $"[TimeSeries(Type = Count, Intervals = [\"hour: 1h\"])] public partial class {order} : Base; {type}", "TYP1020");

    [Theory]
    [InlineData("[|Order|]", "public new int Route;")]
    [InlineData("[|Order|]", "public new class Route;")]
    [InlineData("Order", "public override string Route => \"\";")]
    [InlineData("Order", "[SeriesKey] public override string Route => \"\";")]
    public Task And_what_it_does_not_hide(string order, string member) => Rule.ExpectAsync(
        $"[TimeSeries(Type = Count, Intervals = [\"hour: 1h\"])] public partial class {order} : Base {{ {member} }} public class Base {{ [SeriesKey] public virtual string Route {{ get; init; }} = \"\"; }}", "TYP1020");

    private static Task<ImmutableArray<Diagnostic>> Expect(string types) =>
        Rule.ExpectAsync("[TimeSeries(Type = Count, Intervals = [\"hour: 1h\"])] " + types.Replace("[|SeriesKey, SeriesValue|]", "{|TYP1020:SeriesKey|}, {|TYP1020:SeriesValue|}", StringComparison.Ordinal), "TYP1020");
}
