using System.Collections.Concurrent;
using Typed.Series.Reading;
using Typed.Storage.Statements;
using Typed.Time;

namespace Typed.Series.Plans;

/// <summary>How one interval is read in one model. Built once per model.</summary>
internal abstract class IntervalPlan(Interval interval, TableStatements statements)
{
    private readonly ConcurrentDictionary<string, Interval> _coarser = new(StringComparer.Ordinal);

    public Interval Interval => interval;

    /// <summary>A coarser grid by its text, read and checked at its first use.</summary>
    public Interval Coarser(string grid, long now) =>
        _coarser.TryGetValue(grid, out var known) ? known : _coarser.GetOrAdd(grid, CoarserGrid.Of(interval, grid, now));

    public TableStatements Statements => statements;
}

/// <summary>An interval with the types that its reads give.</summary>
/// <param name="interval">The interval.</param>
/// <param name="statements">The statements of its table.</param>
/// <param name="values">Reads what buckets hold.</param>
/// <param name="statistics">Reads their statistics.</param>
/// <param name="unmerged">How to read the rows of slots and keys as they are stored.</param>
/// <param name="merge">Merges values in time order, or in the order of keys.</param>
internal sealed class IntervalPlan<TRead, TStats>(
    Interval interval,
    TableStatements statements,
    IntervalReader<TRead> values,
    IntervalReader<TStats> statistics,
    UnmergedRows<TRead> unmerged,
    Func<IReadOnlyList<TRead>, TRead> merge) : IntervalPlan(interval, statements)
{
    private readonly ConcurrentDictionary<(StepSpec Step, string? Zone), IntervalPlan<TRead, TStats>> _resampled = new();

    public IntervalReader<TRead> Values => values;

    public IntervalReader<TStats> Statistics => statistics;

    public UnmergedRows<TRead> Unmerged => unmerged;

    public Func<IReadOnlyList<TRead>, TRead> Merge => merge;

    /// <summary>Reads what the buckets of all keys hold.</summary>
    public required AllKeysReader<TRead> AllValues { get; init; }

    /// <summary>Chooses among entries: <see cref="HistogramReads{TValue}"/> where a read gives histograms of that value, otherwise null.</summary>
    public object? Histograms { get; init; }

    /// <summary>Reads the statistics of the buckets of all keys.</summary>
    public required AllKeysReader<TStats> AllStatistics { get; init; }

    /// <summary>Makes the plan that merges the interval's buckets into those of a coarser grid.</summary>
    public required Func<Interval, IntervalPlan<TRead, TStats>> NewResampled { get; init; }

    /// <summary>The plan for a coarser grid, built at its first use.</summary>
    public IntervalPlan<TRead, TStats> Resampled(Interval coarser) =>
        _resampled.GetOrAdd((coarser.Spec.Step, coarser.Spec.Zone), static (_, of) => of.plan.NewResampled(of.coarser), (plan: this, coarser));
}
