using Typed.Storage;
using Typed.Time;

namespace Typed.Cli.Transfer;

/// <summary>Events of a batch in one namespace, unique and sorted by id.</summary>
internal sealed class ImportRows(WriteTable table, BodyFormat format, string streamNamespace, IReadOnlyList<ImportEvent> events, bool areNew) : ITableRows
{
    public WriteTable Table => table;

    public int Count => events.Count;

    public bool AreNew => areNew;

    public string? Added => null;

    public void WriteAll(ParameterWriter parameters, ArrayWriter arrays)
    {
        parameters.Text(streamNamespace);
        arrays.Guids([.. events.Select(one => one.Id)]);
        arrays.Instants([.. events.Select(one => TimeOf(one.Id))]);
        arrays.Int32s([.. events.Select(one => one.Version)]);
        arrays.Jsons([.. events.Select(one => one.Body)], format);
    }

    public void WriteRow(ParameterWriter parameters, int row)
    {
        var (id, version, body, _) = events[row];
        parameters.Text(streamNamespace);
        parameters.Guid(id);
        parameters.Instant(TimeOf(id));
        parameters.Int32(version);
        parameters.Json(body.Span, format);
    }

    private static long TimeOf(Guid id) => Instant.From(EventId.TimeOf(id));
}

/// <summary>An event to import.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">The version of the class that wrote it.</param>
/// <param name="Body">The body's JSON.</param>
/// <param name="Line">The number of its line.</param>
internal readonly record struct ImportEvent(Guid Id, int Version, ReadOnlyMemory<byte> Body, long Line);
