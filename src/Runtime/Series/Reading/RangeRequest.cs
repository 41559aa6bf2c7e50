using Typed.Time;

namespace Typed.Series.Reading;

/// <summary>A range as asked for; resolved against the clock when it is read.</summary>
/// <param name="Form">Which of the five ranges.</param>
/// <param name="First">Start or end instant, where the form has one.</param>
/// <param name="Second">The other end of Between.</param>
/// <param name="Take">The number of buckets, where given.</param>
internal readonly record struct RangeRequest(RangeForm Form, long First = 0, long Second = 0, int? Take = null)
{
    /// <summary>The range's ends, either of them null where only the data can tell.</summary>
    /// <exception cref="ArgumentException">Reversed, not a number of buckets, or outside the years 1 to 9999.</exception>
    public (long? First, long? Last) Resolve(Interval interval, long now) => Form switch
    {
        RangeForm.Last => Ends(Ranges.Last(interval, Take, now)),
        RangeForm.From when Take is { } take => Ends(Ranges.FromTake(interval, First, take)),
        RangeForm.From => Ends(Ranges.From(interval, First, now)),
        RangeForm.Until when Take is { } take => Ends(Ranges.UntilTake(interval, First, take)),
        RangeForm.Until => (null, interval.BucketOf(First)),
        RangeForm.Between => Ends(Ranges.Between(interval, First, Second)),
        _ => (null, null),
    };

    private static (long? First, long? Last) Ends(BucketSpan span) => (span.First, span.Last);
}

internal enum RangeForm
{
    Last,
    From,
    Until,
    Between,
    All,
}
