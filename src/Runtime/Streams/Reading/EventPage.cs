using System.Text;
using Typed.Schema;
using Typed.Storage;
using Typed.Streams.Json;

namespace Typed.Streams.Reading;

/// <summary>Reads a page of events, until it has enough rows or enough bytes.</summary>
internal abstract class EventPageQuery(string streamNamespace, IdRange range, int limit, long maxBytes) : RangeParameters(streamNamespace, range), IRowQuery
{
    public int Rows { get; private set; }

    public long Bytes { get; private set; }

    public Guid LastId { get; private set; }

    /// <summary>Whether the range may have more events.</summary>
    public bool IsFull => Rows == limit || Bytes >= maxBytes || BrokeOff;

    /// <summary>The connection broke after some rows: these are good, and what follows them is another page.</summary>
    public bool BrokeOff { get; set; }

    public bool LeavesMuch => Rows < limit && Bytes >= maxBytes;

    public override void Bind(ParameterWriter parameters)
    {
        base.Bind(parameters);
        parameters.Int64(limit);
    }

    public bool Row(RowReader row)
    {
        LastId = row.Guid(0);
        Bytes += Take(LastId, row);
        Rows++;
        return !IsFull;
    }

    /// <summary>Takes a row.</summary>
    /// <returns>The bytes of the body.</returns>
    protected abstract int Take(Guid id, RowReader row);
}

/// <summary>
/// Reads events as they are stored. Each body is parsed when the loop comes to it: objects then die young, where those of a whole page would live to be
/// copied by the collector.
/// </summary>
internal sealed class EventPage<TBody>(string streamNamespace, IdRange range, int limit, long maxBytes)
    : EventPageQuery(streamNamespace, range, limit, maxBytes), IDisposable
    where TBody : IEventBody<TBody>
{
    private readonly RowBuffer _rows = new();

    /// <summary>The next event, or what is wrong with it where its class cannot read it; false when none is left.</summary>
    public bool TryTake(out Event<TBody>? read, out UnreadableEventException? failure)
    {
        (read, failure) = (null, null);
        if (!_rows.TryTake(out var id, out var json))
        {
            return false;
        }

        try
        {
            read = BodyText.Event<TBody>(EventId.Stored(id), json);
        }
        catch (UnreadableEventException unreadable)
        {
            failure = unreadable;
        }

        return true;
    }

    public void Dispose() => _rows.Dispose();

    protected override int Take(Guid id, RowReader row) => _rows.Add(id, row);
}

/// <summary>Infers the schema of the bodies of a page.</summary>
internal sealed class InferencePage(string streamNamespace, IdRange range, int limit, long maxBytes)
    : EventPageQuery(streamNamespace, range, limit, maxBytes), IDisposable
{
    private readonly RowBuffer _row = new();

    public SchemaInference Inference { get; } = new();

    /// <summary>The events whose bodies are no JSON, or whose ids say no time.</summary>
    public List<UnreadableEventException> Failures { get; } = [];

    public void Dispose() => _row.Dispose();

    protected override int Take(Guid id, RowReader row)
    {
        var size = _row.Add(id, row);
        _ = _row.TryTake(out _, out var json);
        try
        {
            _ = BodyText.TimeOf(EventId.Stored(id));
            Inference.Add(json);
        }
        catch (EventReadException foreign)
        {
            Failures.Add(new(EventId.Stored(id), Encoding.UTF8.GetString(json), foreign));
        }
        catch (SchemaInferenceException broken)
        {
            Failures.Add(new(EventId.Stored(id), Encoding.UTF8.GetString(json), broken.Reason));
        }

        return size;
    }
}
