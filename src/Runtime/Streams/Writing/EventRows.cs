using Typed.Storage;

namespace Typed.Streams.Writing;

/// <summary>Events on their way to their table: unique and sorted by id.</summary>
internal class EventRows(WriteTable table, BodyFormat format, string streamNamespace, Guid[] ids, ReadOnlyMemory<byte>[] bodies) : IListedRows
{
    public WriteTable Table => table;

    public string Part => streamNamespace;

    public int Count => ids.Length;

    public virtual bool AreNew => true;

    public string? Added => null;

    public ReadOnlySpan<Guid> Ids => ids;

    /// <summary>Rows of events whose ids were drawn, so that no event exists under them.</summary>
    public static EventRows Sorted(WriteTable table, BodyFormat format, string streamNamespace, Guid[] ids, ReadOnlyMemory<byte>[] bodies)
    {
        if (!IsAscending(ids))
        {
            Array.Sort(ids, bodies);
        }

        return new(table, format, streamNamespace, ids, bodies);
    }

    public void WriteAll(ParameterWriter parameters, ArrayWriter arrays)
    {
        WriteIds(parameters, arrays);
        arrays.Instants(Array.ConvertAll(ids, TimeOf));
        arrays.Jsons(bodies, format);
    }

    public void WriteIds(ParameterWriter parameters, ArrayWriter arrays)
    {
        parameters.Text(streamNamespace);
        arrays.Guids(ids);
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
