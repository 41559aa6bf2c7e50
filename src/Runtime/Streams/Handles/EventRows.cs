using Typed.Generated;
using Typed.Storage;
using Typed.Storage.Tables;

namespace Typed.Streams.Handles;

/// <summary>Events on their way to their table: unique and sorted by id.</summary>
internal sealed class EventRows(StreamStatements statements, string space, Guid[] ids, ReadOnlyMemory<byte>[] bodies, bool areNew) : ITableRows
{
    public string Table => statements.Table.Name;

    public Sql Insert => statements.Insert;

    public Sql? Load => areNew ? statements.Load : null;

    public int Count => ids.Length;

    public bool AddsTotals => false;

    public string Added => "nothing";

    public void WriteAll(ParameterWriter parameters, ArrayWriter arrays)
    {
        parameters.Text(space);
        arrays.Guids(ids);
        arrays.Instants(Array.ConvertAll(ids, TimeOf));
        arrays.Jsons(bodies, statements.Table.Stream.Body);
    }

    public void WriteRow(ParameterWriter parameters, int row)
    {
        parameters.Text(space);
        parameters.Guid(ids[row]);
        parameters.Instant(TimeOf(ids[row]));
        parameters.Json(bodies[row].Span, statements.Table.Stream.Body);
    }

    // The column is for people and SQL: the id has the exact time.
    private static long TimeOf(Guid id) => Time.Instant.From(EventId.TimeOf(id));
}
