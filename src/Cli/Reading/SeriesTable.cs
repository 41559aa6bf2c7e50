using System.Globalization;
using Typed.Cli.Connections;
using Typed.Cli.Output;
using Typed.Schema;
using Typed.Storage;
using Typed.Storage.Statements;
using Typed.Time;

namespace Typed.Cli.Reading;

/// <summary>The table of an interval, or of the points of a Series, and the statements on it.</summary>
internal sealed class SeriesTable
{
    private readonly TableColumns _columns;
    private readonly Dialect _dialect;
    private readonly IReadOnlyList<SeriesColumn> _after;

    private SeriesTable(StoredSeries series, StoredInterval interval, TableColumns columns, Dialect dialect)
    {
        (Series, Interval, _columns, _dialect) = (series, interval, columns, dialect);
        Sql = Quoting.Name(interval.Table);
        _after = series.ColumnsAfterKey(interval);
        Keys = [.. series.Keys.Select(key => columns[key.Member])];
        Position = Of(_after[0]);
    }

    public StoredSeries Series { get; }

    public StoredInterval Interval { get; }

    public string Sql { get; }

    public IReadOnlyList<string> Keys { get; }

    /// <summary>The column of the bucket, or of a point's time.</summary>
    public string Position { get; }

    /// <summary>The order of the primary key, which flushes write in.</summary>
    public IReadOnlyList<string> Order => [.. Keys, .. _after.Where(column => column.IsInKey).Select(Of)];

    public static async Task<SeriesTable> FindAsync(
        StoredDatabase database, StoredSeries series, StoredInterval interval, CancellationToken cancellationToken) =>
        new(series, interval, await TableColumns.ReadAsync(database, interval.Table, cancellationToken), database.Dialect);

    /// <summary>Selects the keys that have a row from parameter 1 on, with their first and last position and the number of rows.</summary>
    public string KeyExtents
    {
        get
        {
            var keys = string.Concat(Keys.Select(key => $"{key}, "));
            var by = Keys.Count > 0 ? $" GROUP BY {string.Join(", ", Keys)} ORDER BY {string.Join(", ", Keys)}" : " HAVING count(*) > 0";
            return $"SELECT {keys}min({Position}), max({Position}), count(*) FROM {Sql} WHERE {Position} >= {_dialect.Parameter(1)}{by}";
        }
    }

    /// <summary>The oldest position that is live.</summary>
    public long OldestLive(DateTimeOffset now) => Series.Type == SeriesType.Series
        ? Series.Intervals.Min(interval => interval.Grid.OldestLive(Instant.From(now)))
        : Interval.Grid.OldestLive(Instant.From(now));

    /// <summary>Reads the key of a row that starts with it.</summary>
    public object[] Key(RowReader row) => Key(Series, row);

    /// <summary>Reads the key of a row that starts with it.</summary>
    public static object[] Key(StoredSeries series, RowReader row) => [.. series.Keys.Select((key, i) => StoredColumn.Read(row, i, key.Kind))];

    /// <summary>Deletes what lies before parameter 1.</summary>
    public string Expire => _dialect.DeleteWhere(Sql, Order, $"t.{Position} < {_dialect.Parameter(1)}");

    /// <summary>Counts what <see cref="Expire"/> deletes.</summary>
    public string CountDead => $"SELECT count(*) FROM {Sql} WHERE {Position} < {_dialect.Parameter(1)}";

    /// <summary>The statements that delete all rows, or those of the key of the parameters.</summary>
    public IReadOnlyList<string> Delete(bool ofKey) => _dialect.Delete(Sql, Order, ofKey ? Join(KeyConditions(0), " AND ") : null);

    /// <summary>
    /// Selects the stored rows of a range: keys, then all columns after them. Parameters: the key where it is one key's, first and last position.
    /// </summary>
    public string Rows(bool ofKey)
    {
        var taken = ofKey ? Keys.Count : 0;
        var columns = Join([.. Keys, .. _after.Select(Of)], ", ");
        var range = string.Create(CultureInfo.InvariantCulture, $"t.{Position} BETWEEN {_dialect.Parameter(taken + 1)} AND {_dialect.Parameter(taken + 2)}");
        var where = Join([.. ofKey ? KeyConditions(0) : [], range], " AND ");
        return $"SELECT {columns} FROM {Sql} AS t WHERE {where} ORDER BY {Join(Order, ", ")}";
    }

    /// <summary>The bare names of the columns that tell rows apart.</summary>
    public IReadOnlyList<string> UniqueColumns =>
        [.. Series.Keys.Select(key => _columns.Bare(key.Member)), .. _after.Where(column => column.IsInKey).Select(column => _columns.Bare(NameOf(column)))];

    /// <summary>The columns of <see cref="Rows"/>, by name and how each is stored.</summary>
    public IReadOnlyList<(string Name, ColumnKind Kind)> RowColumns =>
        [.. Series.Keys.Select(key => (key.Member, key.Kind)), .. _after.Select(column => (NameOf(column), Series.KindOf(column.Role)))];

    /// <summary>The bare names of the same columns in the table.</summary>
    public IEnumerable<string> ColumnNames =>
        [.. Series.Keys.Select(key => _columns.Bare(key.Member)), .. _after.Select(column => _columns.Bare(NameOf(column)))];

    /// <summary>The library's own statements on the table of an interval, which is defined by what the catalog and the table say.</summary>
    public RollupStatements Rollup()
    {
        var definition = new SeriesDefinition(
            typeof(StoredSeries), typeof(Dictionary<string, object>), Series.Name, Series.Type, [.. Series.Keys.Select(Define)], Define(Series.Value),
            [Interval.Grid.ToString()]);
        TableColumn[] columns = [.. RowColumns.Zip(ColumnNames, (column, bare) =>
            new TableColumn(new(column.Name, typeof(object), column.Kind), bare))];

        // What a read gives is not asked for here.
        return new(new(new(Interval.Table, columns, []), _dialect, definition), _dialect, StatisticsShape.Count);

        static ColumnDefinition Define(StoredColumn column) => new(column.Member, typeof(object), column.Kind);
    }

    /// <summary>Where a column stands in a row of <see cref="Rows"/>; below 0: nowhere.</summary>
    public int Ordinal(SeriesColumnRole role)
    {
        for (var i = 0; i < _after.Count; i++)
        {
            if (_after[i].Role == role)
            {
                return Keys.Count + i;
            }
        }

        return -1;
    }

    /// <summary>Binds a key given as texts.</summary>
    /// <exception cref="CliException">They are not as many as the key has members, or one is no such value.</exception>
    public static Action<ParameterWriter> Bind(StoredSeries series, IReadOnlyList<string> key)
    {
        if (key.Count != series.Keys.Count)
        {
            throw new CliException(
                ExitCodes.Usage, string.Create(CultureInfo.InvariantCulture,
                    $"The key of {series.Name} has {series.Keys.Count} members, and {key.Count} were given."),
                series.Keys.Count == 0 ? "Give none." : $"Give {Join([.. series.Keys.Select(k => k.Member)], " ")}; 'typed keys {series.Name}' lists them.");
        }

        var parts = series.Keys.Zip(key, (column, text) => column.Parameter(text)).ToArray();
        return writer => Array.ForEach(parts, part => part(writer));
    }

    private IEnumerable<string> KeyConditions(int taken) => Keys.Select((key, i) => $"t.{key} = {_dialect.Parameter(taken + i + 1)}");

    private string Of(SeriesColumn column) => _columns[NameOf(column)];

    private string NameOf(SeriesColumn column) => column.Role == SeriesColumnRole.Value ? Series.Value.Member : column.Name;

    private static string Join(IEnumerable<string> parts, string separator) => string.Join(separator, parts);
}
