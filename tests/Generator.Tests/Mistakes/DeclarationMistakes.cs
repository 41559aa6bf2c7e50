namespace Typed.Generator.Tests.Mistakes;

/// <summary>Declarations that are wrong, and what the build says of them.</summary>
internal sealed class DeclarationMistakes : TheoryData<string, string>
{
    public DeclarationMistakes()
    {
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public class Hit { [SeriesKey] public required string Path { get; init; } }""",
            "TYP1001: 'Hit' must be partial: the generator adds its members to it");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public class Hit { [SeriesKey] public required string Path { get; init; } } public class Page(Hit.Handle hits) { public object Hits => hits; }""",
            "TYP1001: 'Hit' must be partial: the generator adds its members to it\nCS0426: The type name 'Handle' does not exist in the type 'Hit'");
        Add(
            """[TimeSeries(Type = Histogram, Intervals = ["hour: 1h"])] public partial class Hit { [SeriesKey] public required string Path { get; init; } } public class Page(Hit.Handle hits) { public object Hour => hits.Hour.For("/"); }""",
            "TYP1007: 'Hit' is a Histogram and needs one member with [SeriesValue]");
        Add(
            """[TimeSeries(Type = Histogram, Intervals = ["hour: 1h"])] public partial class Hit { [SeriesValue] public int? Ms { get; init; } } public class Page(Hit.Handle hits) { public object Hour => hits.Hour.Last(3); }""",
            "TYP1005: 'Ms' is a int?, which cannot be a value: use bool, an integer, float, double, decimal, string, Guid, DateTime, DateTimeOffset, DateOnly, TimeOnly, TimeSpan, byte[] or an enum, and none of them nullable");
        Add(
            """[TimeSeries(Type = (SeriesType)9, Intervals = ["hour: 1h"])] public partial class Hit; public class Page(Hit.Handle hits) { public object Hour => hits.Hour; }""",
            "TYP1023: 9 is no SeriesType: use Series, Histogram, Count, Gauge, Set, Summary");
        Add(
            """[TimeSeries(Intervals = ["hour: 1h"])] public partial class Hit; public class Page(Hit.Handle hits) { public object Hour => hits.Hour; }""",
            "CS9035: Required member 'TimeSeriesAttribute.Type' must be set in the object initializer or attribute constructor.");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit { public object In => this; } public class Page(Hit.Handle hits) { public object Hour => hits.Hour; }""",
            "TYP1015: 'In' is the name of a member that the generator adds to 'Hit': choose another");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit { [SeriesKey] public required string Key { get; init; } [SeriesValue] public required int Row { get; init; } public static object Use(TypedStore store) => In(store).Hour.For("/").Last(3); }""",
            "");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1x"])] public partial class Hit;""",
            "TYP1010: '1x' is no step; a step is a width (30s, 5m, 1h, 7d, 2w) or one of daily, weekly, monthly, yearly.");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["1h"])] public partial class Hit;""",
            "TYP1010: An interval needs a name and a step, as in 'minute: 1m'.");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h", "hour: 2h"])] public partial class Hit;""",
            "TYP1011: An earlier interval is already named 'hour'; names must differ by more than their case.");
        Add(
            """[TimeSeries(Type = Count, Intervals = [])] public partial class Hit;""",
            "TYP1012: 'Hit' has no interval: give at least one, for instance Intervals = [\"minute: 1m keep 240\"]");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h by 1d"])] public partial class Hit;""",
            "TYP1010: The resolution '1d' is coarser than the step '1h'; a slot is at most as long as its bucket.");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["day: daily in Europe/Pariss"])] public partial class Hit;""",
            "TYP1010: 'Europe/Pariss' is no IANA time zone; did you mean Europe/Paris? Ids are matched with their case.");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["day: daily in europe/paris"])] public partial class Hit;""",
            "TYP1010: 'europe/paris' is no IANA time zone; did you mean Europe/Paris? Ids are matched with their case.");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["day: daily in Paris"])] public partial class Hit;""",
            "TYP1010: 'Paris' is no IANA time zone; did you mean Europe/Paris? Ids are matched with their case.");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["day: daily in CEST"])] public partial class Hit;""",
            "TYP1010: 'CEST' is no IANA time zone, as in 'in Europe/Paris'; ids are matched with their case.");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["day: 1d in Europe/Paris"])] public partial class Hit;""",
            "TYP1010: 'in Europe/Paris' needs a calendar word (daily, weekly, monthly, yearly); fixed widths have no zone.");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h keep 0"])] public partial class Hit;""",
            "TYP1010: 'keep' counts the current bucket and is at least 1.");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["month: 1M"])] public partial class Hit;""",
            "TYP1010: '1M' is no step: months and years have no suffix; write monthly, yearly, or days as in 30d.");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["keys: 1h"])] public partial class Hit { [SeriesKey] public required string Path { get; init; } }""",
            "TYP1017: The interval 'keys' would become the member 'Keys', which the handle has already: rename the interval");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"], Name = "page hits")] public partial class Hit;""",
            "TYP1013: 'page hits' cannot start a table's name: use up to 63 ASCII letters, digits and underscores, with no digit first");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit { [System.ComponentModel.DataAnnotations.Key] public required string Path { get; init; } }""",
            "TYP1028: 'Path' is not kept: a series keeps members with [SeriesKey], [SeriesValue] or [SeriesTime], and [Key] is EF Core's: write [SeriesKey]");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit { public required string Path { get; init; } }""",
            "TYP1028: 'Path' is not kept: a series keeps members with [SeriesKey], [SeriesValue] or [SeriesTime], and without a key all points are one stat: write [SeriesKey], or [NotMapped] where that is meant");
        Add(
            """public partial class Hit { [SeriesKey] public required string Path { get; init; } }""",
            "TYP1029: [SeriesKey] has no effect on 'Path', because 'Hit' has no [TimeSeries]: add it, and make the type partial");
        Add(
            """public partial record View(string Url, [EventTime] DateTimeOffset At);""",
            "TYP1029: [EventTime] has no effect on 'At', because 'View' has no [EventStream]: add it, and make the type partial");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit { [SeriesKey] public required Uri Path { get; init; } }""",
            "TYP1005: 'Path' is a System.Uri, which cannot be a key: use bool, an integer, float, double, decimal, string, Guid, DateTime, DateTimeOffset, DateOnly, TimeOnly, TimeSpan, byte[] or an enum, and none of them nullable");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit { [SeriesKey] public string? Path { get; init; } }""",
            "TYP1005: 'Path' is a string?, which cannot be a key: use bool, an integer, float, double, decimal, string, Guid, DateTime, DateTimeOffset, DateOnly, TimeOnly, TimeSpan, byte[] or an enum, and none of them nullable");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit { [SeriesValue] public required string Path { get; init; } }""",
            "TYP1006: 'Path' is a string, and a Count adds numbers: use a number, or remove [SeriesValue] so that each point adds 1");
        Add(
            """[TimeSeries(Type = Gauge, Intervals = ["hour: 1h"])] public partial class Heat { [SeriesValue] public double Inside { get; init; } [SeriesValue] public double Outside { get; init; } }""",
            "TYP1008: 'Heat' has [SeriesValue] on 'Inside' and on 'Outside': keep one");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit { [SeriesTime] public long At { get; init; } }""",
            "TYP1009: 'At' is a long, and a point's time is a DateTimeOffset or a DateTime in UTC, possibly nullable");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit { [EventTime] public DateTimeOffset At { get; init; } }""",
            "TYP1020: [EventTime] has no effect on 'At': 'Hit' is a time series, whose time is marked by [SeriesTime]");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit { [SeriesKey] public static string Path { get; set; } = ""; }""",
            "TYP1020: [SeriesKey] has no effect on 'Path': a static member belongs to no instance");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit<T>;""",
            "TYP1003: 'Hit' is generic, or inside a generic type: a series has one set of tables; declare a type for each closed type");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public static partial class Hit;""",
            "TYP1022: 'Hit' is static: declare an ordinary class, record or struct");
        Add(
            """public class Shop { [TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit; }""",
            "TYP1002: 'Shop' must be partial, because it contains the declared type 'Hit'");
        Add(
            """public partial class Shop { [TimeSeries(Type = Count, Intervals = ["hour: 1h"])] partial class Hit; }""",
            "TYP1004: 'Hit' is private: its assembly's module lists it, so make it and its containers at least internal");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"]), EventStream] public partial class Hit;""",
            "TYP2015: Hit cannot be a time series and an event stream at once; declare two types");
        Add(
            """namespace A { [TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit; } namespace B { [TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit; }""",
            "TYP1019: 'B.Hit' would have the table 'hit_hour', as has 'A.Hit': give one of them another Name");
        Add(
            """[EventStream] public record View(string Url); public class Page { public object Read(TypedStore store) => View.In(store); }""",
            "TYP2001: View must be partial, and every type around it, so that its stream can be added to it\nCS0117: 'View' does not contain a definition for 'In'");
        Add(
            """[EventStream(Name = "page views")] public partial record View(string Url);""",
            "TYP2003: \"page views\" is no name for a stream: 1 to 200 of A-Z, a-z, 0-9, _, . and -");
        Add(
            """[EventStream(Retain = "90 days")] public partial record View(string Url);""",
            "TYP2004: \"90 days\" is no retention: a whole number of s, m, h, d or w, from 1 to 36525 days, such as \"90d\"");
        Add(
            """[EventStream] public partial record View(string Url, IntPtr Handle);""",
            "TYP2006: Handle is of type nint, which events cannot hold: nint is none of the types of events; convert it to one, or leave it out with [JsonIgnore]");
        Add(
            """[EventStream] public partial record View(string Url, Dictionary<string, string> Tags);""",
            "TYP2012: Tags is stored, but cannot be used in queries: it is a dictionary");
        Add(
            """[EventStream] public partial class View { public View(int n) => Length = n + 1; public int Length { get; } }""",
            "TYP2008: View cannot be read back: no member has the name and type of its parameter n; name the parameter after the member that it sets\nTYP2012: Length is stored, but cannot be used in queries: it is not read back");
        Add(
            """[EventStream] public partial class View { [SeriesKey] public required string Url { get; init; } }""",
            "TYP1020: [SeriesKey] has no effect on 'Url': 'View' is an event stream: its time is marked by [EventTime], and it has neither key nor value");
        Add(
            """[EventStream] public partial record View(string Url, [property: EventTime] long At);""",
            "TYP2005: At cannot hold the time of the event: it is a long, not a DateTimeOffset or DateTime");
        Add(
            """[EventStream] public partial record Transfer(string In, string Out);""",
            "TYP2014: Transfer has a member In, so its stream is reached by Transfer.EventsIn");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit { [SeriesKey] public required string Path { get; init; } [System.ComponentModel.DataAnnotations.Key] public int Id { get; init; } }""",
            "TYP1028: 'Id' is not kept: a series keeps members with [SeriesKey], [SeriesValue] or [SeriesTime], and [Key] is EF Core's: write [SeriesKey]");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h", "Hour: 2h"])] public partial class Hit;""",
            "TYP1011: An earlier interval is already named 'Hour'; names must differ by more than their case.");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h every 2d"])] public partial class Hit;""",
            "TYP1010: 'every' is out of place; after the step come 'by RESOLUTION', 'keep N', 'in ZONE'.");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h keep forever"])] public partial class Hit;""",
            "TYP1010: 'forever' is no number of buckets; write a whole number, as in 'keep 120'.");
        Add(
            """[TimeSeries(Type = Gauge, Intervals = ["hour: 1h"])] public partial class Heat { [SeriesValue] public double Bucket { get; init; } }""",
            "TYP1016: 'Bucket' cannot be a value member, because its column 'bucket' is that of the start of a bucket: rename it");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial record Hit([SeriesKey] string Path, [field: SeriesValue] int Total);""",
            "TYP1020: [SeriesValue] has no effect on 'Total': it is the field behind a property; put the attribute on the property");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public interface IHit { [SeriesKey] string Path { get; } }""",
            "CS0592: Attribute 'TimeSeries' is not valid on this declaration type. It is only valid on 'class, struct' declarations.");
        Add(
            """[EventStream] public abstract partial class View;""",
            "TYP2002: View cannot be an event stream, for it is abstract: declare a class, record or struct that has instances");
        Add(
            """[EventStream] public partial class View { public string Url { get; set; } = ""; [JsonPropertyName("url")] public string Address { get; set; } = ""; }""",
            "TYP2007: Address and Url of View are both named \"url\" in JSON: rename one with [JsonPropertyName]");
        Add(
            """[EventStream] public partial record View(string Url, object Extra);""",
            "TYP2006: Extra is of type object, which events cannot hold: object says nothing about what it holds; use a class, or JsonElement");
        Add(
            """[TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Hit { [SeriesValue] public required int Count { get; init; } } public class Page(Hit.Handle hits) { public object Hour => hits.Hour; }""",
            "CS0120: An object reference is required for the non-static field, method, or property 'Hit.Count'\nTYP1030: 'Count' means the member of that name in 'Hit': write SeriesType.Count");
    }
}
