namespace Typed.Benchmarks.Ratios;

/// <summary>What the pairs of one entry say. Medians, because one disturbed run must not decide.</summary>
internal sealed record RatioResult(Measurement Ours, Measurement Theirs, double Ratio)
{
    public static RatioResult Of(IReadOnlyList<(Measurement Ours, Measurement Theirs)> pairs) => new(
        Median(pairs.Select(pair => pair.Ours)),
        Median(pairs.Select(pair => pair.Theirs)),
        // Of pairs, not of medians: what slows the machine down slows both halves of a pair.
        Median(pairs.Select(pair => pair.Ours.Microseconds / pair.Theirs.Microseconds)));

    private static Measurement Median(IEnumerable<Measurement> runs)
    {
        var all = runs.ToArray();
        return new Measurement(Median(all.Select(run => run.Microseconds)), Median(all.Select(run => run.Bytes)));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
