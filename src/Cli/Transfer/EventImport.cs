using System.Globalization;
using Npgsql;
using Typed.Cli.Connections;
using Typed.Cli.Output;
using Typed.Cli.Reading;
using Typed.Storage;

namespace Typed.Cli.Transfer;

/// <summary>
/// Imports events in batches, each one transaction. An event whose id is stored already is skipped if it has the same body, so that an import may be repeated
/// after whatever happened, and stores each event once.
/// </summary>
internal sealed class EventImport
{
    private const int MostRows = 5_000;
    private const int MostBytes = 8 << 20;
    private const int MostBadLines = 10;
    private const int MostAttempts = 3;
    private const string OtherBody = "another body is stored under its id";

    private readonly StoredDatabase _database;
    private readonly EventTable _table;
    private readonly WriteTable _write;
    private readonly Func<ReadOnlyMemory<byte>, EventLine> _read;
    private readonly Action<string>? _onBad;
    private readonly Sql _any;
    private readonly Sql _found;

    /// <param name="database">The database.</param>
    /// <param name="table">The stream's table.</param>
    /// <param name="read">Reads a line.</param>
    /// <param name="onBad">Takes a line that does not fit; null: such a line ends the import.</param>
    public EventImport(StoredDatabase database, EventTable table, Func<ReadOnlyMemory<byte>, EventLine> read, Action<string>? onBad)
    {
        (_database, _table, _read, _onBad) = (database, table, read, onBad);
        var columns = table.Columns;
        _write = WriteTableOf(table);
        var dialect = database.Dialect;
        _any = new($"SELECT 1 FROM {table.Sql} WHERE {table.Namespace} = {dialect.Parameter(1)} "
            + $"AND {table.Id} BETWEEN {dialect.Parameter(2)} AND {dialect.Parameter(3)} LIMIT 1");
        var keys = dialect.KeySource([ColumnKind.Guid]);
        var condition = $"t.{table.Namespace} = {dialect.Parameter(dialect.KeyParameters(1) + 1)} AND t.{table.Id} = k.k0";
        _found = new($"SELECT t.{table.Id}, t.{columns["body"]} FROM {dialect.EachKey(keys, table.Sql, condition)}");
    }

    /// <summary>The table as events are written into it; of one that is stored already the stored one stays.</summary>
    public static WriteTable WriteTableOf(EventTable table)
    {
        var columns = table.Columns;
        var format = table.Stream.Body == BodyFormat.Json ? ColumnKind.Json : ColumnKind.Jsonb;
        return new(schema: null, table.Stream.Table,
            [
                new(columns.Bare("namespace"), ColumnKind.Text, IsShared: true), new(columns.Bare("id"), ColumnKind.Guid),
                new(columns.Bare("time"), ColumnKind.Instant), new(columns.Bare("version"), ColumnKind.Int32), new(columns.Bare("body"), format),
            ],
            WriteConflict.Ignore)
        {
            Key = [columns.Bare("namespace"), columns.Bare("id")],
            CommitOrder = table.Stream.Follow ? columns.Bare("tx") : null,
        };
    }

    /// <summary>How many events were stored by this import.</summary>
    public long Stored { get; private set; }

    /// <summary>How many were stored before.</summary>
    public long Known { get; private set; }

    /// <summary>How many lines did not fit.</summary>
    public long Bad { get; private set; }

    /// <summary>Imports lines.</summary>
    /// <param name="input">The lines.</param>
    /// <param name="streamNamespace">The namespace of lines that name none.</param>
    /// <param name="report">Takes how many lines are done.</param>
    /// <param name="cancellationToken">Stops before the next batch.</param>
    /// <exception cref="CliException">A line does not fit.</exception>
    public async Task RunAsync(Stream input, string streamNamespace, Action<long> report, CancellationToken cancellationToken)
    {
        using var lines = new LineReader(input);
        var storing = Task.FromResult(StoredBatch.None);
        try
        {
            for (var isLast = false; !isLast;)
            {
                // The next batch is read while one is stored.
                var batch = new ImportBatch();
                isLast = Fill(batch, lines, streamNamespace);
                Note(await storing);
                report(lines.Number);
                cancellationToken.ThrowIfCancellationRequested();
                storing = batch.Count > 0 ? Task.Run(() => StoreAsync(batch), CancellationToken.None) : Task.FromResult(StoredBatch.None);
            }

            Note(await storing);
        }
        finally
        {
            // A batch that has begun is stored, whatever becomes of the next; its own error was thrown above.
            await ((Task)storing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Note(StoredBatch stored)
    {
        (Stored, Known) = (Stored + stored.Stored, Known + stored.Known);
        foreach (var line in stored.Refused)
        {
            Refuse(line, OtherBody);
        }
    }

    private bool Fill(ImportBatch batch, LineReader lines, string streamNamespace)
    {
        while (batch.Count < MostRows && batch.Bytes < MostBytes)
        {
            try
            {
                if (!lines.TryRead(out var text))
                {
                    return true;
                }

                if (text.Span.Trim(" \t\r"u8).Length > 0)
                {
                    var line = _read(text);
                    if (!batch.Add(line.Namespace ?? streamNamespace, line, lines.Number))
                    {
                        Known++;
                    }
                }
            }
            catch (LineException error)
            {
                Refuse(lines.Number, error.Message);
            }
        }

        return false;
    }

    private static CliException Misfit(long line, string reason) => new(
        ExitCodes.BadInput, Text(line, reason), "Nothing of its batch is stored. Mend it, or leave such lines out with --skip-bad.");

    private static string Text(long line, string reason) => string.Create(CultureInfo.InvariantCulture, $"Line {line} does not fit: {reason}.");

    private void Refuse(long line, string reason)
    {
        if (_onBad is null)
        {
            throw Misfit(line, reason);
        }

        Bad++;
        var text = Text(line, reason);
        if (Bad <= MostBadLines)
        {
            _onBad(text);
        }
        else if (Bad == MostBadLines + 1)
        {
            _onBad("Further lines that do not fit are only counted.");
        }
    }

    private async Task<StoredBatch> StoreAsync(ImportBatch batch)
    {
        for (var attempt = 0; ; attempt++)
        {
            List<ITableRows> tables = [];
            var (stored, known) = (0L, 0L);
            List<long> refused = [];
            foreach (var (space, events) in batch.Sorted())
            {
                var found = await FindAsync(space, events);
                refused.AddRange(events.Where(one => found.TryGetValue(one.Id, out var isSame) && !isSame).Select(one => one.Line));
                ImportEvent[] missing = [.. events.Where(one => !found.ContainsKey(one.Id))];
                (stored, known) = (stored + missing.Length, known + found.Count(pair => pair.Value));
                if (missing.Length > 0)
                {
                    tables.Add(new ImportRows(_write, _table.Stream.Body, space, missing, areNew: attempt == 0));
                }
            }

            refused.Sort();
            if (refused.Count > 0 && _onBad is null)
            {
                throw Misfit(refused[0], OtherBody);
            }

            try
            {
                if (tables.Count > 0)
                {
                    await _database.WriteAsync(tables, CancellationToken.None);
                }
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation && attempt < MostAttempts)
            {
                // Another import stored some of them meanwhile, or this one did before its connection broke.
                continue;
            }

            return new(stored, known, refused);
        }
    }

    /// <summary>The events that are stored already, and whether their bodies are the same.</summary>
    private async Task<Dictionary<Guid, bool>> FindAsync(string space, IReadOnlyList<ImportEvent> events)
    {
        // Events that are newer than all that is stored, or of a range where nothing is, need no look at each.
        var any = await _database.ListAsync(_any.Text, static _ => true, CancellationToken.None, parameters =>
        {
            parameters.Text(space);
            parameters.Guid(events[0].Id);
            parameters.Guid(events[^1].Id);
        });
        if (any.Count == 0)
        {
            return [];
        }

        var query = await _database.ReadAsync(_found, () => new FoundEvents(space, events), CancellationToken.None);
        return query.Found;
    }

    /// <summary>What became of a batch.</summary>
    private sealed record StoredBatch(long Stored, long Known, IReadOnlyList<long> Refused)
    {
        public static readonly StoredBatch None = new(0, 0, []);
    }
}
