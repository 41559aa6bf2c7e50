using Typed.Generator.Model;
using Typed.Time;

namespace Typed.Generator.Emission;

/// <summary>A bucket's identity in one interval: the key, the start, the slot; with the grid's arithmetic as constants.</summary>
internal static class BucketEmitter
{
    private const string Grid = "global::Typed.Generated.IBucketGrid";

    public static string Name(IntervalModel interval) => Name(interval.Member);

    public static string Name(string member) => member + "Bucket";

    public static void Emit(SourceWriter writer, SeriesModel series, IntervalModel interval)
    {
        var name = Name(interval);
        var keyed = series.Keys.Count > 0;
        var fine = interval.Spec.IsFine;
        writer.Line($"/// <summary>Names a bucket{(fine ? " and a slot" : "")} of interval <c>{CSharp.Xml(interval.Spec.Name)}</c>{(keyed ? " of one key" : "")}; ordered by {(keyed ? "key, then " : "")}start.</summary>");
        writer.Open($"public readonly struct {name} : {Grid}, global::System.IEquatable<{name}>, global::System.IComparable<{name}>");
        writer.Line("private readonly long _bucket;");
        if (fine)
        {
            writer.Line("private readonly long _slot;");
        }

        Zoned(writer, "s_step", interval.Spec.Step, interval.Spec.Zone);
        if (fine)
        {
            Zoned(writer, "s_resolution", interval.Spec.Resolution, interval.Spec.Zone);
        }

        Constructor(writer, name, keyed, fine);
        Members(writer, keyed, fine);
        Identity(writer, name, keyed, fine);
        writer.Line($"""

            static long {Grid}.BucketOf(long instant) => BucketOf(instant);

            static long {Grid}.SlotOf(long instant) => {(fine ? "SlotOf(instant)" : "BucketOf(instant)")};

            private static long BucketOf(long instant) => {Floor(interval.Spec.Step, interval.Spec.Zone, "s_step")};
            """);
        if (fine)
        {
            writer.Line().Line($"private static long SlotOf(long instant) => {Floor(interval.Spec.Resolution, interval.Spec.Zone, "s_resolution")};");
        }

        writer.Close();
    }

    private static void Constructor(SourceWriter writer, string name, bool keyed, bool fine)
    {
        writer.Line().Line("/// <summary>The bucket that holds a time.</summary>");
        if (keyed)
        {
            writer.Line("/// <param name=\"key\">The key.</param>");
        }

        writer.Line("/// <param name=\"at\">The time.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentOutOfRangeException\">The bucket starts before year 1.</exception>");
        writer.Block($"public {name}({(keyed ? "Key key, " : "")}global::System.DateTimeOffset at)", inside =>
        {
            inside.Line("long instant = global::Typed.Time.Instant.From(at);");
            if (keyed)
            {
                inside.Line("Key = key;");
            }

            inside.Line("_bucket = BucketOf(instant);");
            if (fine)
            {
                inside.Line("_slot = SlotOf(instant);");
            }
        });
    }

    private static void Members(SourceWriter writer, bool keyed, bool fine)
    {
        if (keyed)
        {
            writer.Line().Line("/// <summary>The key.</summary>").Line("public Key Key { get; }");
        }

        writer.Line().Line("/// <summary>The first instant of the bucket, in UTC.</summary>");
        writer.Line("public global::System.DateTimeOffset Start => global::Typed.Time.Instant.ToDateTimeOffset(_bucket);");
        if (fine)
        {
            writer.Line().Line("/// <summary>The first instant of the slot, in UTC.</summary>");
            writer.Line("public global::System.DateTimeOffset Slot => global::Typed.Time.Instant.ToDateTimeOffset(_slot);");
        }
    }

    private static void Identity(SourceWriter writer, string name, bool keyed, bool fine)
    {
        writer.Line($"""

            /// <summary>Whether both are the same bucket.</summary>
            public static bool operator ==({name} left, {name} right) => left.Equals(right);

            /// <summary>Whether they are different buckets.</summary>
            public static bool operator !=({name} left, {name} right) => !left.Equals(right);

            /// <inheritdoc/>
            public bool Equals({name} other) => _bucket == other._bucket{(fine ? " && _slot == other._slot" : "")}{(keyed ? " && Key.Equals(other.Key)" : "")};

            /// <inheritdoc/>
            public override bool Equals(object? obj) => obj is {name} other && Equals(other);

            /// <inheritdoc/>
            public override int GetHashCode() => global::System.HashCode.Combine({(keyed ? "Key, " : "")}_bucket{(fine ? ", _slot" : "")});

            """);
        writer.Line("/// <inheritdoc/>").Open($"public int CompareTo({name} other)");
        writer.Line(keyed ? "int order = Key.CompareTo(other.Key);" : "int order = _bucket.CompareTo(other._bucket);");
        if (keyed)
        {
            writer.Line("order = order == 0 ? _bucket.CompareTo(other._bucket) : order;");
        }

        writer.Line(fine ? "return order == 0 ? _slot.CompareTo(other._slot) : order;" : "return order;").Close();
    }

    /// <summary>Calendar cells outside UTC need the zone's data at run time.</summary>
    private static void Zoned(SourceWriter writer, string field, StepSpec step, string? zone)
    {
        if (IsZoned(step, zone))
        {
            writer.Line($"private static readonly global::Typed.Time.Grid {field} = global::Typed.Time.Grid.For(new(0L, global::Typed.Time.CalendarWord.{step.Word}), {CSharp.Literal(zone)});");
        }
    }

    private static bool IsZoned(StepSpec step, string? zone) => step.IsCalendar && zone != IntervalSpec.DefaultZone;

    private static string Floor(StepSpec step, string? zone, string field)
    {
        const string Grids = "global::Typed.Time.Grids";
        return IsZoned(step, zone) ? $"{field}.Floor(instant)" : step.Word switch
        {
            CalendarWord.Daily => $"{Grids}.FloorDayUtc(instant)",
            CalendarWord.Weekly => $"{Grids}.FloorWeekUtc(instant)",
            CalendarWord.Monthly => $"{Grids}.FloorMonthUtc(instant)",
            CalendarWord.Yearly => $"{Grids}.FloorYearUtc(instant)",
            _ => $"{Grids}.Floor(instant, {CSharp.Literal(step.Seconds * Instant.PerSecond)})",
        };
    }
}
