using Typed.Generator.Model;
using Typed.Generator.Model.Series;
using Typed.Time;
using static Typed.Generator.Emission.SourceWriter;

namespace Typed.Generator.Emission.Series;

/// <summary>Emits the type that names a bucket of one interval by key, start and slot, with the grid's arithmetic as constants.</summary>
internal static class BucketEmitter
{
    private const string Grid = "global::Typed.Generated.IBucketGrid";
    private const string Slot =
        "\n/// <summary>The first instant of the slot, in UTC.</summary>"
        + "\npublic global::System.DateTimeOffset Slot => global::Typed.Time.Instant.ToDateTimeOffset(_slot);";

    public static void Emit(SourceWriter writer, SeriesModel series, IntervalModel interval)
    {
        var (name, spec) = (interval.Bucket, interval.Spec);
        var (keyed, fine) = (series.Keys.Count > 0, spec.IsFine);
        var key = series.Names.Key;
        var order = keyed ? "key, then start" : "start";
        writer.Line($"""
            /// <summary>Names a bucket{(fine ? " and a slot" : "")} of interval <c>{CSharp.Xml(spec.Name)}</c>{(keyed ? " of one key" : "")}; ordered by {order}.</summary>
            """);
        writer.Open($"public readonly struct {name} : {Grid}, global::System.IEquatable<{name}>, global::System.IComparable<{name}>");
        writer.Line($$"""
            private readonly long _bucket;
            {{When(fine, "private readonly long _slot;")}}
            {{DeclareGrid("s_step", spec.Step, spec.Zone)}}
            {{When(fine, DeclareGrid("s_resolution", spec.Resolution, spec.Zone))}}

            /// <summary>The bucket that holds a time.</summary>
            {{When(keyed, "/// <param name=\"key\">The key.</param>")}}
            /// <param name="at">The time.</param>
            /// <exception cref="global::System.ArgumentOutOfRangeException">The bucket starts before year 1.</exception>
            public {{name}}({{(keyed ? $"{key} key, " : "")}}global::System.DateTimeOffset at)
            {
                long instant = global::Typed.Time.Instant.From(at);
                {{When(keyed, "Key = key;")}}
                _bucket = BucketOf(instant);
                {{When(fine, "_slot = SlotOf(instant);")}}
            }
            {{When(keyed, $"\n/// <summary>The key.</summary>\npublic {key} Key {{ get; }}")}}

            /// <summary>The first instant of the bucket, in UTC.</summary>
            public global::System.DateTimeOffset Start => global::Typed.Time.Instant.ToDateTimeOffset(_bucket);
            {{When(fine, Slot)}}

            /// <summary>Whether both are the same bucket.</summary>
            public static bool operator ==({{name}} left, {{name}} right) => left.Equals(right);

            /// <summary>Whether they are different buckets.</summary>
            public static bool operator !=({{name}} left, {{name}} right) => !left.Equals(right);

            /// <inheritdoc/>
            public bool Equals({{name}} other) => _bucket == other._bucket{{(fine ? " && _slot == other._slot" : "")}}{{(keyed ? " && Key.Equals(other.Key)" : "")}};

            /// <inheritdoc/>
            public override bool Equals(object? obj) => obj is {{name}} other && Equals(other);

            /// <inheritdoc/>
            public override int GetHashCode() => global::System.HashCode.Combine({{(keyed ? "Key, " : "")}}_bucket{{(fine ? ", _slot" : "")}});

            /// <inheritdoc/>
            public int CompareTo({{name}} other)
            {
                int order = {{(keyed ? "Key.CompareTo(other.Key)" : "_bucket.CompareTo(other._bucket)")}};
                {{When(keyed, "order = order == 0 ? _bucket.CompareTo(other._bucket) : order;")}}
                return {{(fine ? "order == 0 ? _slot.CompareTo(other._slot) : order" : "order")}};
            }

            static long {{Grid}}.BucketOf(long instant) => BucketOf(instant);

            static long {{Grid}}.SlotOf(long instant) => {{(fine ? "SlotOf(instant)" : "BucketOf(instant)")}};

            private static long BucketOf(long instant) => {{Floor(spec.Step, spec.Zone, "s_step")}};
            {{When(fine, $"\nprivate static long SlotOf(long instant) => {Floor(spec.Resolution, spec.Zone, "s_resolution")};")}}
            """);
        writer.Close();
    }

    /// <summary>The field with the grid of a step of calendar cells outside UTC, which needs the zone's data at run time; other steps have none.</summary>
    private static string DeclareGrid(string field, StepSpec step, string? zone) => When(
        IsZoned(step, zone),
        $"private static readonly global::Typed.Time.Grid {field} = "
        + $"global::Typed.Time.Grid.For(new(0L, global::Typed.Time.CalendarWord.{step.Word}), {CSharp.Literal(zone)});");

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
