using Typed.Schema;

namespace Typed.Storage.Statements;

/// <summary>A table with quoted names.</summary>
internal abstract class NamedTable(TableDefinition table, Dialect dialect)
{
    /// <summary>The bare name.</summary>
    public string Name => table.Name;

    /// <summary>The schema, where there is one.</summary>
    public string? Schema => table.Schema;

    /// <summary>The table for writing rows into it.</summary>
    public abstract WriteTable Write { get; }

    /// <summary>The quoted name with its schema.</summary>
    public string Sql { get; } = dialect.Table(table.Schema, table.Name);

    /// <summary>The quoted name of a member's column.</summary>
    protected string Column(string member) => Quoting.Name(BareColumn(member));

    /// <summary>The name of a member's column.</summary>
    protected string BareColumn(string member) => table[member].Name;

    /// <summary>The name of a member's column; null where the table has no such member.</summary>
    protected string? FindColumn(string member) => table.Find(member);
}

/// <summary>A table of a series.</summary>
internal abstract class StoredTable : NamedTable
{
    protected StoredTable(TableDefinition table, Dialect dialect, SeriesDefinition series, string position)
        : base(table, dialect)
    {
        Series = series;
        Keys = [.. series.Keys.Select(k => Column(k.Member))];
        KeyKinds = [.. series.Keys.Select(k => k.Kind)];
        Position = Column(position);
        Value = Column(series.Type == SeriesType.Summary ? SeriesColumns.Sum : series.Value.Member);
    }

    public SeriesDefinition Series { get; }

    public IReadOnlyList<string> Keys { get; }

    public IReadOnlyList<ColumnKind> KeyKinds { get; }

    /// <summary>Where a row stands in time: its bucket, or a point's own time.</summary>
    public string Position { get; }

    /// <summary>The column of the value; of a Summary that of the sum.</summary>
    public string Value { get; }

    /// <summary>The order of the primary key.</summary>
    public abstract IReadOnlyList<string> Order { get; }

    protected IEnumerable<WriteColumn> KeyColumns => Series.Keys.Select(key => new WriteColumn(BareColumn(key.Member), key.Kind));

    protected WriteColumn ValueColumn => new(BareColumn(Series.Value.Member), Series.Value.Kind);

    protected WriteColumn InstantColumn(string member) => new(BareColumn(member), ColumnKind.Instant);
}
