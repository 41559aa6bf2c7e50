namespace Typed.Generator.Tests.Mistakes;

/// <summary>Declarations that are wrong, and what the build says of them.</summary>
internal sealed class DeclarationMistakes : TheoryData<string, string>
{
    public DeclarationMistakes()
    {
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public class Hit { [SeriesKey] public required string Path { get; init; } }""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public class Hit { [SeriesKey] public required string Path { get; init; } } public class Page(Hit.Handle hits) { public object Hits => hits; }""",
            "");
        Add(
            """[TimeSeries(Type = Histogram, Intervals = ["hour: 1h"])] public partial class Hit { [SeriesKey] public required string Path { get; init; } } public class Page(Hit.Handle hits) { public object Hour => hits.Hour.For("/"); }""",
            "");
        Add(
            """[TimeSeries(Type = Histogram, Intervals = ["hour: 1h"])] public partial class Hit { [SeriesValue] public int? Ms { get; init; } } public class Page(Hit.Handle hits) { public object Hour => hits.Hour.Last(3); }""",
            "");
        Add(
            """[TimeSeries(Type = (SeriesType)9, Intervals = ["hour: 1h"])] public partial class Hit; public class Page(Hit.Handle hits) { public object Hour => hits.Hour; }""",
            "");
        Add(
            """[TimeSeries(Intervals = ["hour: 1h"])] public partial class Hit; public class Page(Hit.Handle hits) { public object Hour => hits.Hour; }""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit { public object In => this; } public class Page(Hit.Handle hits) { public object Hour => hits.Hour; }""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit { [SeriesKey] public required string Key { get; init; } [SeriesValue] public required int Row { get; init; } public static object Use(TypedStore store) => In(store).Hour.For("/").Last(3); }""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1x"])] public partial class Hit;""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["1h"])] public partial class Hit;""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h", "hour: 2h"])] public partial class Hit;""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = [])] public partial class Hit;""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h by 1d"])] public partial class Hit;""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["day: daily in Europe/Pariss"])] public partial class Hit;""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["day: daily in europe/paris"])] public partial class Hit;""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["day: daily in Paris"])] public partial class Hit;""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["day: daily in CEST"])] public partial class Hit;""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["day: 1d in Europe/Paris"])] public partial class Hit;""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h keep 0"])] public partial class Hit;""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["month: 1M"])] public partial class Hit;""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["keys: 1h"])] public partial class Hit { [SeriesKey] public required string Path { get; init; } }""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"], Name = "page hits")] public partial class Hit;""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit { [System.ComponentModel.DataAnnotations.Key] public required string Path { get; init; } }""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit { public required string Path { get; init; } }""",
            "");
        Add(
            """public partial class Hit { [SeriesKey] public required string Path { get; init; } }""",
            "");
        Add(
            """public partial record View(string Url, [EventTime] DateTimeOffset At);""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit { [SeriesKey] public required Uri Path { get; init; } }""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit { [SeriesKey] public string? Path { get; init; } }""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit { [SeriesValue] public required string Path { get; init; } }""",
            "");
        Add(
            """[TimeSeries(Type = Gauge, Intervals = ["hour: 1h"])] public partial class Heat { [SeriesValue] public double Inside { get; init; } [SeriesValue] public double Outside { get; init; } }""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit { [SeriesTime] public long At { get; init; } }""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit { [EventTime] public DateTimeOffset At { get; init; } }""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit { [SeriesKey] public static string Path { get; set; } = ""; }""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit<T>;""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public static partial class Hit;""",
            "");
        Add(
            """public class Shop { [TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit; }""",
            "");
        Add(
            """public partial class Shop { [TimeSeries(Type = Count, Intervals = ["hour: 1h"])] partial class Hit; }""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"]), EventStream] public partial class Hit;""",
            "");
        Add(
            """namespace A { [TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit; } namespace B { [TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit; }""",
            "");
        Add(
            """[EventStream] public record View(string Url); public class Page { public object Read(TypedStore store) => View.In(store); }""",
            "");
        Add(
            """[EventStream(Name = "page views")] public partial record View(string Url);""",
            "");
        Add(
            """[EventStream(Retain = "90 days")] public partial record View(string Url);""",
            "");
        Add(
            """[EventStream] public partial record View(string Url, IntPtr Handle);""",
            "");
        Add(
            """[EventStream] public partial record View(string Url, Dictionary<string, string> Tags);""",
            "");
        Add(
            """[EventStream] public partial class View { public View(int length) => Length = length + 1; public int Length { get; } }""",
            "");
        Add(
            """[EventStream] public partial class View { [SeriesKey] public required string Url { get; init; } }""",
            "");
        Add(
            """[EventStream] public partial record View(string Url, [property: EventTime] long At);""",
            "");
        Add(
            """[EventStream] public partial record Transfer(string In, string Out);""",
            "");
    }
}
