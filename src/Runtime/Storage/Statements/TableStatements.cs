using System.Globalization;

namespace Typed.Storage.Statements;

/// <summary>
/// The statements that every table of a series has, and the building blocks of the other statements. Each text is built at first use and kept. Parameters: the
/// keys first, then what the statement adds.
/// </summary>
internal abstract class TableStatements
{
    private readonly StoredTable _table;
    private readonly Lazy<Sql[]> _deleteAll;
    private readonly Lazy<Sql[]> _deleteKey;

    protected TableStatements(StoredTable table, Dialect dialect)
    {
        _table = table;
        Dialect = dialect;
        Position = $"t.{table.Position}";
        Value = $"t.{table.Value}";
        Extent = Keyed(ExtentText);
        _deleteAll = new(() => Deletion(table.Series.IsNamespaced ? InNamespace(1) : null));
        _deleteKey = new(() => Deletion(string.Join(" AND ", OnKeys(1))));
        Expire = Keyed(ExpireText);
    }

    /// <summary>The table for writing rows into it.</summary>
    public WriteTable Table => _table.Write;

    /// <summary>First and last position from a start on.</summary>
    public KeyedSql Extent { get; }

    /// <summary>The stored value of each slot and key of a range, neither condensed nor joined, by bucket and slot.</summary>
    public abstract KeyedSql Unmerged { get; }

    /// <summary>How many columns a key has.</summary>
    public int Keys => _table.Keys.Count;

    /// <summary>Deletes the rows before a start: those of one key, or of all keys where the number of keys is 0.</summary>
    public KeyedSql Expire { get; }

    protected Dialect Dialect { get; }

    /// <summary>The position column, qualified.</summary>
    protected string Position { get; }

    /// <summary>The value column, qualified.</summary>
    protected string Value { get; }

    /// <summary>Selects the keys with a row from a parameter on; of a series with namespaces those of the namespace in another parameter.</summary>
    public string LiveKeys(int parameter, int seriesNamespace) =>
        $"SELECT DISTINCT {string.Join(", ", _table.Keys)} FROM {_table.Sql}{(_table.Series.IsNamespaced ? " AS t" : "")} "
        + $"WHERE {_table.Position} >= {Dialect.Parameter(parameter)}{(_table.Series.IsNamespaced ? $" AND {InNamespace(seriesNamespace)}" : "")}";

    /// <summary>The statements that delete the rows of all keys, or of all in a namespace, to be run one after the other.</summary>
    public IReadOnlyList<Sql> DeleteAll => _deleteAll.Value;

    /// <summary>The statements that delete the rows of one key, to be run one after the other.</summary>
    public IReadOnlyList<Sql> DeleteKey => _deleteKey.Value;

    protected static KeyedSql Keyed(Func<int, string> build) => new(build);

    /// <summary>FROM and WHERE: the rows of the keys that also meet conditions.</summary>
    protected string From(int keys, params string[] conditions) => keys > 1
        ? $" FROM {Dialect.EachKey(Dialect.KeySource(_table.KeyKinds), _table.Sql, string.Join(" AND ", [.. OnKeys(keys), .. conditions]))}"
        : $" FROM {_table.Sql} AS t{Where([.. OnKeys(keys), .. conditions])}";

    /// <summary>FROM and WHERE of a range.</summary>
    protected string FromRange(int keys) =>
        From(keys, $"{Position} BETWEEN {Dialect.Parameter(Consumed(keys) + 1)} AND {Dialect.Parameter(Consumed(keys) + 2)}");

    /// <summary>The conditions on keys; none where all keys are asked for.</summary>
    protected IEnumerable<string> OnKeys(int keys) => Enumerable.Range(0, keys == 0 ? 0 : _table.Keys.Count).Select(
        i => string.Create(CultureInfo.InvariantCulture, $"t.{_table.Keys[i]} = {(keys == 1 ? Dialect.Parameter(i + 1) : $"k.k{i}")}"));

    /// <summary>A page of the rows of all keys.</summary>
    /// <param name="build">Gives the text, given FROM and WHERE, its end with the limit, and how many parameters these take.</param>
    protected AllKeysSql EveryKey(Func<string, string, int, string> build) => new((prefixed, resumes) =>
    {
        List<string> conditions = [];
        var taken = 0;
        if (_table.Series.IsNamespaced)
        {
            conditions.Add(InNamespace(++taken));
        }

        if (prefixed)
        {
            var first = _table.Keys[_table.Series.IsNamespaced ? 1 : 0];
            conditions.Add($"t.{first} >= {Next()} AND t.{first} < {Next()}");
        }

        if (resumes)
        {
            string[] place = [.. KeyColumns, Position];
            conditions.Add($"({string.Join(", ", place)}) > ({string.Join(", ", place.Select(_ => Next()))})");
        }

        conditions.Add($"{Position} BETWEEN {Next()} AND {Next()}");
        return build(From(keys: 0, [.. conditions]), Dialect.Limit(taken + 1), taken + 1);

        string Next() => Dialect.Parameter(++taken);
    });

    private string InNamespace(int parameter) => $"t.{_table.Keys[0]} = {Dialect.Parameter(parameter)}";

    /// <summary>The key columns, qualified.</summary>
    public IEnumerable<string> KeyColumns => _table.Keys.Select(key => $"t.{key}");

    /// <summary>The number of the key among those asked for, from 1.</summary>
    protected string KeyNumber(int keys) => Dialect.Bigint(keys > 1 ? "k.ord" : "1");

    /// <summary>How many parameters the keys take.</summary>
    protected int Consumed(int keys) => keys > 1 ? Dialect.KeyParameters(_table.Keys.Count) : _table.Keys.Count * keys;

    /// <summary>The columns of statistics: the count, the sum where there is one, the extremes where there are any.</summary>
    protected List<string> StatisticsColumns(StatisticsShape shape, string count, string? weight)
    {
        List<string> columns = [count];
        switch (shape)
        {
            case StatisticsShape.IntegerSum:
                columns.Add(Dialect.IntegerSum(Value, weight));
                break;
            case StatisticsShape.FloatSum:
                columns.Add(Dialect.FloatSum(Value, weight));
                break;
            case StatisticsShape.DecimalSum:
                columns.Add(Dialect.DecimalSum(Value, weight));
                break;
        }

        if (shape != StatisticsShape.Count)
        {
            columns.Add(Dialect.Extreme(_table.Series.Value.Kind, largest: false, Value));
            columns.Add(Dialect.Extreme(_table.Series.Value.Kind, largest: true, Value));
        }

        return columns;
    }

    private string ExtentText(int keys)
    {
        // Two subqueries for each key: each is one step down the primary key. One subquery for both would scan on SQLite, and a join would scan on both
        // databases.
        var of = $" FROM {_table.Sql} AS t{Where([.. OnKeys(keys), $"{Position} >= {Dialect.Parameter(Consumed(keys) + 1)}"])}";
        var (first, last) = ($"(SELECT min({Position}){of})", $"(SELECT max({Position}){of})");
        return keys > 1 ? $"SELECT min({first}), max({last}) FROM {Dialect.KeySource(_table.KeyKinds)}" : $"SELECT {first}, {last}";
    }

    private string ExpireText(int keys) =>
        Dialect.DeleteWhere(_table.Sql, _table.Order, string.Join(" AND ", OnKeys(keys).Append($"{Position} < {Dialect.Parameter(Consumed(keys) + 1)}")));

    private Sql[] Deletion(string? condition) => [.. Dialect.Delete(_table.Sql, _table.Order, condition).Select(text => new Sql(text))];

    private static string Where(IReadOnlyCollection<string> conditions) => conditions.Count == 0 ? "" : $" WHERE {string.Join(" AND ", conditions)}";
}
