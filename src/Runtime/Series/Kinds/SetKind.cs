using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using Typed.Storage;
using Typed.Storage.Statements;
using Typed.Time;
using Typed.Writing;

namespace Typed.Series.Kinds;

/// <summary>Set: a cell keeps its distinct values.</summary>
/// <param name="statistics">The statistics of the value.</param>
internal sealed class SetKind<TValue, TColumn, TStats>(Statistics<TValue, TStats> statistics) : RollupKind<TValue, IReadOnlySet<TValue>, TStats>
    where TColumn : struct, IColumn<TValue>
    where TStats : struct, IStatistics<TStats>
{
    public override StatisticsShape? Computed => statistics.Shape;

    public override Combiner<TKey, TValue> NewCombiner<TKey, TGrid>(WriteTable table, SeriesDefinition series, Interval interval) =>
        new RollupCombiner<TKey, TValue, ValueCell<TValue, TColumn>, NoContent, SetRollup<TValue, TColumn>, TGrid>(table, series, interval);

    public override BucketAccumulator<IReadOnlySet<TValue>> NewAccumulator() => new SetAccumulator<TValue, TColumn>();

    public override BucketAccumulator<TStats> NewStatistics() => statistics.NewAccumulator();

    public override IReadOnlySet<TValue> Merge(IReadOnlyList<IReadOnlySet<TValue>> values) =>
        new HashSet<TValue>(values.SelectMany(set => set), ColumnComparer<TValue, TColumn>.Instance);
}

/// <summary>A row of a Set says all by being there.</summary>
internal readonly struct NoContent;

/// <summary>A row per cell and value.</summary>
internal readonly struct SetRollup<TValue, TColumn> : IRollup<TValue, ValueCell<TValue, TColumn>, NoContent>
    where TColumn : struct, IColumn<TValue>
{
    public static ValueCell<TValue, TColumn> RowOf(in BucketCell cell, TValue value) => new(cell, value);

    public static void Add(ref NoContent content, bool exists, TValue value, long instant, long weight)
    {
        // The row is there by now.
    }

    public static string? AmountOf(NoContent content) => null;

    public static void WriteAll(ArrayWriter arrays, ValueCell<TValue, TColumn>[] rows, NoContent[] contents) =>
        TColumn.WriteAll(arrays, Array.ConvertAll(rows, static row => row.Value));

    public static void Write(ParameterWriter parameters, in ValueCell<TValue, TColumn> row, NoContent content) => TColumn.Write(parameters, row.Value);
}

/// <summary>Set: the distinct values.</summary>
internal sealed class SetAccumulator<TValue, TColumn> : BucketAccumulator<IReadOnlySet<TValue>>
    where TColumn : struct, IColumn<TValue>
{
    private HashSet<TValue> _members = new(ColumnComparer<TValue, TColumn>.Instance);

    public override IReadOnlySet<TValue> Nothing => ReadOnlySet<TValue>.Empty;

    public override void Add(RowReader row, int ordinal, bool merged) => _members.Add(TColumn.Read(row, ordinal));

    public override IReadOnlySet<TValue> Take()
    {
        var members = _members;
        _members = new(ColumnComparer<TValue, TColumn>.Instance);
        return members;
    }
}

/// <summary>Equality as the column sees it: bytes by content.</summary>
internal sealed class ColumnComparer<TValue, TColumn> : IEqualityComparer<TValue>
    where TColumn : struct, IColumn<TValue>
{
    public static readonly ColumnComparer<TValue, TColumn> Instance = new();

    public bool Equals(TValue? x, TValue? y) => x is null || y is null ? x is null && y is null : TColumn.Equal(x, y);

    public int GetHashCode([DisallowNull] TValue obj) => TColumn.Hash(obj);
}
