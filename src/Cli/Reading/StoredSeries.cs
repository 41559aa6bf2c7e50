using Typed.Schema;
using Typed.Time;

namespace Typed.Cli.Reading;

/// <summary>A time series as the catalog describes it.</summary>
/// <param name="Name">The name that its tables start with.</param>
/// <param name="Type">What each bucket keeps.</param>
/// <param name="Keys">The key members, in order.</param>
/// <param name="Value">The value.</param>
/// <param name="Intervals">The intervals; those of a Series have one table together.</param>
internal sealed record StoredSeries(
    string Name, SeriesType Type, IReadOnlyList<StoredColumn> Keys, StoredColumn Value, IReadOnlyList<StoredInterval> Intervals)
{
    /// <summary>What the columns after the key are for, in order.</summary>
    public IReadOnlyList<SeriesColumn> ColumnsAfterKey(StoredInterval interval) => SeriesColumns.After(Type, interval.Grid.IsFine);

    /// <summary>How a column is stored.</summary>
    public ColumnKind KindOf(SeriesColumnRole role) => role switch
    {
        SeriesColumnRole.Value or SeriesColumnRole.Sum or SeriesColumnRole.Min or SeriesColumnRole.Max => Value.Kind,
        SeriesColumnRole.Count or SeriesColumnRole.Sequence => ColumnKind.Int64,
        SeriesColumnRole.SquaredDeviations => ColumnKind.Double,
        _ => ColumnKind.Instant,
    };
}

/// <summary>An interval of a stored series.</summary>
/// <param name="Table">The table that holds its buckets, or its points.</param>
/// <param name="Grid">Its grids and its retention.</param>
internal sealed record StoredInterval(string Table, Interval Grid)
{
    public string Name => Grid.Name;
}
