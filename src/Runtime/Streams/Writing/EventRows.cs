using Typed.Storage;

namespace Typed.Streams.Writing;

/// <summary>Events on their way to their table: unique and sorted by id.</summary>
internal sealed class EventRows(WriteTable table, BodyFormat format, string streamNamespace, Guid[] ids, ReadOnlyMemory<byte>[] bodies, bool areNew)
    : ITableRows
{
    /// <summary>Rows of these events: of two under one id the first stays.</summary>
    public static EventRows Sorted(
        WriteTable table, BodyFormat format, string streamNamespace, Guid[] ids, ReadOnlyMemory<byte>[] bodies, bool areNew)
    {
        if (!IsAscending(ids))
        {
            // OrderBy is stable, which keeps the first of two in front.
            var order = Enumerable.Range(0, ids.Length).OrderBy(index => ids[index]).ToArray();
            var kept = order.Where((index, place) => place == 0 || ids[index] != ids[order[place - 1]]).ToArray();
            (ids, bodies) = (Array.ConvertAll(kept, index => ids[index]), Array.ConvertAll(kept, index => bodies[index]));
        }

        return new(table, format, streamNamespace, ids, bodies, areNew);
    }

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

    private static bool IsAscending(Guid[] ids)
    {
        for (var i = 1; i < ids.Length; i++)
        {
            if (ids[i - 1].CompareTo(ids[i]) >= 0)
            {
                return false;
            }
        }

        return true;
    }
}
