using Typed.Storage.Tables;

namespace Typed.Storage.Provisioning;

/// <summary>A store's catalog: how the data of each table was laid out when the table was made.</summary>
internal sealed class Catalog
{
    private readonly Sql _read;
    private readonly Sql _insert;
    private readonly Sql _update;

    public Catalog(Dialect dialect)
    {
        var table = dialect.Table(SystemTables.Catalog.Schema, SystemTables.Catalog.Name);
        var (name, layout) = (Quoting.Name(SystemTables.Catalog["Name"].Name), Quoting.Name(SystemTables.Catalog["Layout"].Name));
        _read = new($"SELECT {name}, {layout} FROM {table}");
        _insert = new($"INSERT INTO {table} ({name}, {layout}) VALUES ({dialect.Parameter(1)}, {dialect.Parameter(2)})");
        _update = new($"UPDATE {table} SET {layout} = {dialect.Parameter(2)} WHERE {name} = {dialect.Parameter(1)}");
    }

    /// <summary>The layouts by table.</summary>
    public async ValueTask<IReadOnlyDictionary<string, string>> ReadAsync(Session session, CancellationToken cancellationToken)
    {
        var query = new Query();
        await session.ReadAsync(_read, query, cancellationToken).ConfigureAwait(false);
        return query.Layouts;
    }

    public async ValueTask RecordAsync(Session session, CatalogChanges changes, CancellationToken cancellationToken)
    {
        foreach (var (table, layout) in changes.Added)
        {
            await session.ExecuteAsync(_insert, new Entry(table, layout), cancellationToken).ConfigureAwait(false);
        }

        foreach (var (table, layout) in changes.Changed)
        {
            await session.ExecuteAsync(_update, new Entry(table, layout), cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed class Entry(string table, string layout) : IParameters
    {
        public void Bind(ParameterWriter parameters)
        {
            parameters.Text(table);
            parameters.Text(layout);
        }
    }

    private sealed class Query : IRowQuery
    {
        public Dictionary<string, string> Layouts { get; } = new(StringComparer.Ordinal);

        public void Bind(ParameterWriter parameters)
        {
            // None.
        }

        public bool Row(RowReader row)
        {
            Layouts.Add(row.Text(0), row.Text(1));
            return true;
        }
    }
}
