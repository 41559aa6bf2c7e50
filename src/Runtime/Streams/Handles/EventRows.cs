using Typed.Storage;

namespace Typed.Streams.Handles;

/// <summary>Events on their way to their table: unique and sorted by id.</summary>
internal sealed class EventRows(WriteTable table, BodyFormat format, string streamNamespace, Guid[] ids, ReadOnlyMemory<byte>[] bodies, bool areNew)
    : ITableRows
{
    public WriteTable Table => table;

    public int Count => ids.Length;

    // No event exists under an id that was drawn just now.
    public bool AreNew => areNew;

    public string? Added => null;

    public void WriteAll(ParameterWriter parameters, ArrayWriter arrays)
    {
        parameters.Text(streamNamespace);
        arrays.Guids(ids);
        arrays.Instants(Array.ConvertAll(ids, TimeOf));
        arrays.Jsons(bodies, format);
    }

    public void WriteRow(ParameterWriter parameters, int row)
    {
        parameters.Text(streamNamespace);
        parameters.Guid(ids[row]);
        parameters.Instant(TimeOf(ids[row]));
        parameters.Json(bodies[row].Span, format);
    }

    // The column of times is for people and SQL; the id holds the exact time.
    private static long TimeOf(Guid id) => Time.Instant.From(EventId.TimeOf(id));
}
