using System.Globalization;
using Typed.Cli.Output;

namespace Typed.Cli.Reading;

/// <summary>The figures that buckets have, by name.</summary>
internal static class Figures
{
    public const string Count = "count";
    public const string Sum = "sum";
    public const string Min = "min";
    public const string Max = "max";
    public const string Mean = "mean";
    public const string Rate = "rate";
    public const string Last = "last";
    public const string Deviation = "stddev";

    private static readonly string[] s_names = [Count, Sum, Min, Max, Mean, Rate, Last, Deviation, "p50", "p95", "p99"];

    /// <summary>The percent of <c>p95</c> or <c>p99.9</c>; null where the name is none of a percentile.</summary>
    public static double? PercentOf(string name) =>
        name.StartsWith('p') && double.TryParse(name.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            && percent is >= 0 and <= 100
            ? percent : null;

    /// <summary>The figures that say something about a series.</summary>
    public static IReadOnlyList<string> Of(StoredSeries series) => series.Type switch
    {
        SeriesType.Count => [Sum, Rate],
        SeriesType.Gauge => series.Value.IsNumber ? [Last] : [Count],
        SeriesType.Set => [Count],
        SeriesType.Summary => [Count, Sum, Min, Max, Mean, Rate, Deviation],
        _ when !series.Value.IsNumber => [Count, Rate],
        SeriesType.Series => [Count, Sum, Min, Max, Mean, Rate, Last, Deviation, "p50", "p95", "p99"],
        _ => [Count, Sum, Min, Max, Mean, Rate, Deviation, "p50", "p95", "p99"],
    };

    /// <summary>The figure that a chart shows unless another is asked for.</summary>
    public static string DefaultOf(StoredSeries series) => series.Type switch
    {
        SeriesType.Count => Sum,
        SeriesType.Gauge => Last,
        SeriesType.Set => Count,
        _ => series.Value.IsNumber ? Mean : Count,
    };

    /// <exception cref="CliException">There is no such figure.</exception>
    public static string Check(string name) => s_names.Contains(name, StringComparer.Ordinal) || PercentOf(name) is not null
        ? name
        : throw new CliException(ExitCodes.Usage, $"There is no figure '{name}'.", $"There are {string.Join(", ", s_names)}, and any other percentile.");
}
