using Typed.Schema;

namespace Typed.Storage.Tables;

/// <summary>The tables of a declared series: one per interval, or one of all points.</summary>
internal static class SeriesTables
{
    public static IEnumerable<TableDefinition> Of(SeriesDefinition series, Dialect dialect) => series.Type == SeriesType.Series
        ? [Points(series, dialect)]
        : series.Intervals.Select(interval => Buckets(series, interval.Name, interval.IsFine));

    /// <summary>The table of a Series' points.</summary>
    public static TableDefinition Points(SeriesDefinition series, Dialect dialect)
    {
        var (columns, order) = Columns(series, fine: false);
        var sequence = columns.First(column => string.Equals(column.Member, SeriesColumns.Sequence, StringComparison.Ordinal));
        var numbered = sequence with { IsNumbered = true };
        return dialect.NumbersByKeyOnly
            ? new(Names.Points(series.Name), [numbered, .. columns.Where(column => column != sequence)], [SeriesColumns.Sequence])
            {
                Indexes = [new(order, IsUnique: true)],
            }
            : new(Names.Points(series.Name), [.. columns.Select(column => column == sequence ? numbered : column)], order);
    }

    /// <summary>The table of an interval.</summary>
    public static TableDefinition Buckets(SeriesDefinition series, string interval, bool isFine)
    {
        var (columns, key) = Columns(series, isFine);
        return new(Names.Table(series.Name, interval), columns, key) { HoldsBuckets = true };
    }

    private static (IReadOnlyList<TableColumn> Columns, IReadOnlyList<string> Key) Columns(SeriesDefinition series, bool fine)
    {
        List<TableColumn> columns = [.. series.Keys.Select(TableDefinitions.Column)];
        List<string> key = [.. series.Keys.Select(column => column.Member)];
        foreach (var column in SeriesColumns.After(series.Type, fine))
        {
            var defined = Define(column, series);
            columns.Add(TableDefinitions.Column(defined));
            if (column.IsInKey)
            {
                key.Add(defined.Member);
            }
        }

        return (columns, key);
    }

    private static ColumnDefinition Define(SeriesColumn column, SeriesDefinition series) => column.Role switch
    {
        SeriesColumnRole.Value => series.Value,
        SeriesColumnRole.Sequence or SeriesColumnRole.Count => new(column.Name, typeof(long), ColumnKind.Int64),
        SeriesColumnRole.Sum or SeriesColumnRole.Min or SeriesColumnRole.Max => series.Value with { Member = column.Name },
        SeriesColumnRole.SquaredDeviations => new(column.Name, typeof(double), ColumnKind.Double),
        _ => new(column.Name, typeof(DateTimeOffset), ColumnKind.Instant),
    };
}
