using Typed.Time;

namespace Typed.Series.Reading;

/// <summary>Grids whose buckets hold whole buckets of an interval.</summary>
internal static class CoarserGrid
{
    /// <summary>How many buckets are looked at before any is read: enough for widths and calendar words that do not fit.</summary>
    private const int Looked = 16;

    /// <summary>The grid of a text, as an interval whose slots are those of the finer one.</summary>
    /// <exception cref="ArgumentException">The text is no grid, or its buckets do not begin where buckets of the interval begin.</exception>
    public static Interval Of(Interval finer, string grid, long now)
    {
        var (step, zone) = GridGrammar.Parse(grid, finer.Spec.Zone, nameof(grid));
        var coarser = new Interval(new IntervalSpec(finer.Name, step, finer.Spec.Resolution, Keep: null, zone));
        var start = coarser.BucketOf(now);
        for (var i = 0; i < Looked; i++)
        {
            if (Fault(finer, coarser, start) is { } fault)
            {
                throw new ArgumentException(fault, nameof(grid));
            }

            if (!coarser.Step.TryNext(start, out start))
            {
                break;
            }
        }

        return coarser;
    }

    /// <summary>Checks a bucket that is read: a zone's clock may have been changed by less than a bucket's length in some year.</summary>
    /// <exception cref="InvalidOperationException">The bucket begins inside one of the interval.</exception>
    public static void Check(Interval finer, Interval coarser, long start)
    {
        if (Fault(finer, coarser, start) is { } fault)
        {
            throw new InvalidOperationException(fault);
        }
    }

    private static string? Fault(Interval finer, Interval coarser, long start) => finer.BucketOf(start) == start
        ? null
        : $"Buckets of '{finer.Name}' do not merge into '{Words(coarser)}': its bucket of {Instant.Text(start)} begins inside one of '{finer.Name}' "
            + $"({Words(finer)}). Choose a grid that contains them, or resample from a finer interval.";

    private static string Words(Interval interval) =>
        interval.Spec.Step.IsCalendar ? $"{interval.Spec.Step} in {interval.Spec.Zone}" : interval.Spec.Step.ToString();
}
