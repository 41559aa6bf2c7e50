namespace Typed.Benchmarks.Ratios;

/// <summary>What the pairs of one entry say.</summary>
internal sealed record RatioResult(Measurement Ours, Measurement Theirs, double Ratio)
{
    public static RatioResult Of(IReadOnlyList<(Measurement Ours, Measurement Theirs)> pairs) => new(
        Measurement.Median(pairs.Select(pair => pair.Ours)),
        Measurement.Median(pairs.Select(pair => pair.Theirs)),
        // Of pairs, not of medians: what slows the machine down slows both halves of a pair.
        Measurement.Median(pairs.Select(pair => pair.Ours.Microseconds / pair.Theirs.Microseconds)));
}
