using System.Text.Json;
using Typed.Storage;

namespace Typed.Cli.Transfer;

/// <summary>Reads which events of a batch are stored, and whether their bodies are the same.</summary>
internal sealed class FoundEvents(string streamNamespace, IReadOnlyList<ImportEvent> events) : IRowQuery
{
    private readonly Dictionary<Guid, ImportEvent> _events = events.ToDictionary(one => one.Id);

    public Dictionary<Guid, bool> Found { get; } = [];

    public void Bind(ParameterWriter parameters)
    {
        if (parameters.Arrays is { } arrays)
        {
            arrays.Guids([.. events.Select(one => one.Id)]);
        }
        else
        {
            var rows = parameters.Rows();
            foreach (var one in events)
            {
                rows.StartRow();
                rows.Guid(one.Id);
                rows.EndRow();
            }

            rows.End();
        }

        parameters.Text(streamNamespace);
    }

    public bool Row(RowReader row)
    {
        var id = row.Guid(0);
        var stored = new byte[row.JsonSize(1)];
        row.Json(1, stored);
        Found[id] = AreSame(stored, _events[id].Body);
        return true;
    }

    /// <summary>Whether two bodies say the same, whatever their white space and the order of their members.</summary>
    public static bool AreSame(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other)
    {
        if (one.Span.SequenceEqual(other.Span))
        {
            return true;
        }

        using var first = JsonDocument.Parse(one);
        using var second = JsonDocument.Parse(other);
        return JsonElement.DeepEquals(first.RootElement, second.RootElement);
    }
}
