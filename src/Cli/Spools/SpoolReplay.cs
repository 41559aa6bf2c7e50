using Typed.Cli.Connections;
using Typed.Cli.Output;
using Typed.Cli.Reading;
using Typed.Diagnostics;
using Typed.Schema.Shapes;
using Typed.Storage;
using Typed.Storage.Statements;
using Typed.Storage.Tables;
using Typed.Streams.Writing;
using Typed.Writing;
using Typed.Writing.Spool;

namespace Typed.Cli.Spools;

/// <summary>
/// Sends what a spool holds to its database without the application, as a store would, each item once: through the library's own writer, with lanes that are
/// made of what the catalog says.
/// </summary>
internal sealed class SpoolReplay(StoredDatabase database, Catalog catalog)
{
    private readonly List<UnwrittenItem> _refused = [];

    /// <summary>What the database refused; it has left the spool.</summary>
    public IReadOnlyList<UnwrittenItem> Refused => _refused;

    /// <summary>Sends everything, and gives how many items the spool had held.</summary>
    /// <exception cref="CliException">The spool is in use or damaged, or holds items that the catalog does not know.</exception>
    public async Task<long> RunAsync(string folder, CancellationToken cancellationToken)
    {
        Dictionary<string, ISpooledLane> lanes = new(StringComparer.Ordinal);
        foreach (var layout in SpoolFolder.Survey(folder).CountByLayout().Keys)
        {
            lanes.Add(layout, await LaneAsync(layout, cancellationToken));
        }

        var statements = new WriterStatements(SystemTables.Writers, database.Dialect);
        await using var target = database.OpenWriter(statements.Stamp);
        var log = SpoolFolder.Explain(() => new SpoolLog(new() { Folder = Path.GetFullPath(folder) }));
        using var telemetry = new StoreTelemetry(target.Place, target.Address, loggers: null);
        await using var writer = new StoreWriter(
            target, new RetryPolicy(target), new WriteOptions { OnRejected = Refuse }, TimeProvider.System, (log, statements.Kept))
        {
            Fence = statements.Fence, Sequence = statements.Sequence, Telemetry = telemetry,
        };
        var found = log.OpenItems;
        writer.Spool!.FindLane = layout => lanes.GetValueOrDefault(layout);
        try
        {
            await writer.Spool.BindAsync(target, cancellationToken);
            await writer.FlushAsync(cancellationToken);
        }
        catch (SpoolException error)
        {
            throw new CliException(ExitCodes.BadInput, error.Message, wayOut: null, error);
        }

        return found;
    }

    private void Refuse(UnwrittenItem item)
    {
        lock (_refused)
        {
            _refused.Add(item);
        }
    }

    /// <exception cref="CliException">The catalog does not know the type, or knows another form of it.</exception>
    private async Task<ISpooledLane> LaneAsync(string layout, CancellationToken cancellationToken)
    {
        if (EventLayout.Read(layout) is var (name, streamNamespace, _))
        {
            return new SpooledEventLane(await EventTable.FindAsync(database, catalog.StreamOf(name), cancellationToken), streamNamespace, layout);
        }

        var stored = Layout.ReadSeries("", layout)
            ?? throw new CliException(ExitCodes.BadInput, $"The spool holds items of a kind that this program does not know: {layout}", "Update it.");
        var series = catalog.SeriesOf(stored.Name);
        var hasKeys = stored.Keys.SequenceEqual(series.Keys.Select(Text), StringComparer.Ordinal);
        return hasKeys && stored.Type == series.Type.ToString() && stored.Value == Text(series.Value)
            ? await PointLanes.OfAsync(database, series, layout, cancellationToken)
            : throw new CliException(
                ExitCodes.BadInput,
                $"The points of {series.Name} in the spool have another key or value than its tables.",
                "Open its store: it reads what it can.");

        static string Text(StoredColumn column) => $"{column.Member} {column.Type}";
    }
}
