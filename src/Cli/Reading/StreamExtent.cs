using Typed.Cli.Connections;
using Typed.Time;

namespace Typed.Cli.Reading;

/// <summary>The events of a stream in one namespace.</summary>
internal sealed record StreamExtent(string Namespace, long Events, DateTimeOffset First, DateTimeOffset Last)
{
    public static async Task<List<StreamExtent>> ReadAsync(StoredDatabase database, StoredStream stream, CancellationToken cancellationToken)
    {
        var table = await EventTable.FindAsync(database, stream, cancellationToken);
        var time = table.Columns["time"];
        return await database.ListAsync(
            $"SELECT {table.Namespace}, count(*), min({time}), max({time}) FROM {table.Sql} GROUP BY {table.Namespace} ORDER BY {table.Namespace}",
            row => new StreamExtent(row.Text(0), row.Int64(1), Instant.ToDateTimeOffset(row.Instant(2)), Instant.ToDateTimeOffset(row.Instant(3))),
            cancellationToken);
    }
}
