using System.Globalization;
using Typed.Cli.Connections;
using Typed.Cli.Reading;
using Typed.Storage;
using Typed.Time;

namespace Typed.Cli.Health;

/// <summary>Examines a database, and changes nothing.</summary>
internal sealed class Examination(StoredDatabase database, Catalog catalog, DateTimeOffset now)
{
    /// <summary>Fewer dead rows, or bytes free, are nobody's trouble.</summary>
    private const long FewRows = 10_000;
    private const long FewBytes = 16 << 20;

    private readonly List<Finding> _findings = [];

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        await DatabaseAsync(cancellationToken);
        CatalogItself();
        await TablesAsync(cancellationToken);
        await SeriesAsync(cancellationToken);
        await StreamsAsync(cancellationToken);
        await WritersAsync(cancellationToken);
        return _findings;
    }

    private async Task DatabaseAsync(CancellationToken cancellationToken)
    {
        var version = (await database.ListAsync(database.Kind.Version, row => row.Text(0), cancellationToken))[0];
        var (bytes, free) = (await database.ListAsync(database.Kind.DatabaseFigures, row => (row.Int64(0), row.Int64(1)), cancellationToken))[0];
        Add("database", $"{database.Address}, {database.Kind.Name} {version}, {Bytes(bytes)}");
        if (free > FewBytes && free > bytes / 4)
        {
            Add("free space", $"{Bytes(free)} of {Bytes(bytes)} are free inside the file",
                $"{database.Kind.Vacuum("")} while no store is open, if the disk needs it.");
        }

        foreach (var (name, value, toDo) in await database.ListAsync(database.Kind.Settings, row => (row.Text(0), row.Text(1), row.Text(2)), cancellationToken))
        {
            Add(name, value, toDo);
        }
    }

    private void CatalogItself()
    {
        Add("catalog", Text($"{catalog.Streams.Count} streams, {catalog.Series.Count} series"));
        foreach (var table in catalog.Gone)
        {
            Add(table, "is in the catalog and not in the database",
                "Nothing, if it was dropped on purpose: a store that opens makes it anew. Else restore a backup.");
        }

        if (catalog.IsOld)
        {
            Add("catalog", "an earlier version of the library wrote it: it says no keep", "Open a store of all types once with the present version.");
        }
    }

    private async Task TablesAsync(CancellationToken cancellationToken)
    {
        if (database.Kind.TableFigures is not { } sql)
        {
            return;
        }

        var known = catalog.Streams.Select(stream => stream.Table).Concat(catalog.Series.SelectMany(series => series.Intervals.Select(one => one.Table)))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (name, bytes, rows, dead, free) in await database.ListAsync(
            sql, row => (row.Text(0), row.Int64(1), row.Int64(2), row.Int64(3), row.Int64(4)), cancellationToken))
        {
            if (!known.Contains(name))
            {
                continue;
            }

            var isDirty = dead > FewRows && dead > rows / 5;
            Add(
                name, Text($"{Bytes(bytes)}, about {rows:N0} rows, {dead:N0} dead"),
                isDirty ? $"{database.Kind.Vacuum(name)}, and look why autovacuum does not keep up: long transactions, or its settings." : null);
            if (free > FewBytes && free > bytes / 2)
            {
                Add(
                    name, $"about {Bytes(free)} of its pages are free",
                    "Nothing, if it is to grow again: new rows take that room. VACUUM FULL gives it back, and keeps everybody out meanwhile.");
            }
        }
    }

    private async Task SeriesAsync(CancellationToken cancellationToken)
    {
        foreach (var series in catalog.Series)
        {
            foreach (var interval in series.Intervals.DistinctBy(one => one.Table, StringComparer.Ordinal))
            {
                var table = await SeriesTable.FindAsync(database, series, interval, cancellationToken);
                await IndexAsync(interval.Table, table.UniqueColumns, isUnique: true, cancellationToken);
                var oldest = table.OldestLive(now);
                var dead = oldest == Instant.Min ? 0
                    : (await database.ListAsync(table.CountDead, row => row.Int64(0), cancellationToken, parameters => parameters.Instant(oldest)))[0];
                if (dead > 0)
                {
                    Add(interval.Table, Text($"{dead:N0} rows are dead by keep"),
                        $"typed expire {series.Name}, or let the application's retention service run.");
                }
            }
        }
    }

    private async Task StreamsAsync(CancellationToken cancellationToken)
    {
        foreach (var stream in catalog.Streams)
        {
            var table = await EventTable.FindAsync(database, stream, cancellationToken);
            var (space, id) = (table.Columns.Bare("namespace"), table.Columns.Bare("id"));
            await IndexAsync(stream.Table, [space, id], isUnique: true, cancellationToken);
            if (stream.Follow && !database.Dialect.CommitOrder.IsNumbered)
            {
                var order = table.Columns.Bare("tx");
                var filter = database.Dialect.CommitFilter(Quoting.Name(order));
                await IndexAsync(stream.Table, [space, order, id], isUnique: false, cancellationToken, filter is null ? "" : $" WHERE {filter}");
            }

            if (stream.Retain is { } retain && retain < now - DateTimeOffset.UnixEpoch)
            {
                var old = (await database.ListAsync(
                    $"SELECT count(*) FROM {table.Sql} WHERE {table.Columns["time"]} < {database.Dialect.Parameter(1)}", row => row.Int64(0), cancellationToken,
                    parameters => parameters.Instant(Instant.From(now - retain))))[0];
                if (old > 0)
                {
                    Add(stream.Table, Text($"{old:N0} events are older than Retain"),
                        $"typed expire {stream.Name}, or let the application's retention service run.");
                }
            }
        }
    }

    private async Task IndexAsync(string table, IReadOnlyList<string> columns, bool isUnique, CancellationToken cancellationToken, string filter = "")
    {
        var rows = await database.ListAsync(
            database.Kind.Indexes, row => (Index: row.Text(0), IsUnique: row.Boolean(1), Column: row.Text(2)), cancellationToken, parameters =>
                parameters.Text(table));
        var found = rows.GroupBy(row => row.Index, StringComparer.Ordinal).Any(index => (!isUnique || index.First().IsUnique)
            && index.Select(row => row.Column).SequenceEqual(columns, StringComparer.Ordinal));
        if (!found)
        {
            Add(
                table, $"has no {(isUnique ? "unique " : "")}index on {string.Join(", ", columns)}",
                $"CREATE {(isUnique ? "UNIQUE " : "")}INDEX ON {table} ({string.Join(", ", columns)}){filter}: reads scan without it"
                + (isUnique ? ", and writes fail or store rows twice." : "."));
        }
    }

    private async Task WritersAsync(CancellationToken cancellationToken)
    {
        var sql = $"SELECT count(*), count(CASE WHEN updated_at >= {database.Dialect.Ago(3_600)} THEN 1 END) FROM {Schema.Names.Writers}";
        var (all, active) = (await database.ListAsync(sql, row => (row.Int64(0), row.Int64(1)), cancellationToken))[0];
        Add("writers", Text($"{active:N0} in the last hour, {all:N0} in the last 30 days"));
    }

    private void Add(string subject, string found, string? toDo = null) => _findings.Add(new(subject, found, toDo));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Bytes(long bytes) => bytes switch
    {
        >= 1L << 30 => Text($"{bytes / (double)(1 << 30):0.0} GiB"),
        >= 1 << 20 => Text($"{bytes / (double)(1 << 20):0.0} MiB"),
        _ => Text($"{bytes / 1024.0:0} KiB"),
    };
}
