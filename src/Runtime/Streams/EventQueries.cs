using Typed.Generated;
using Typed.Storage;

namespace Typed.Streams;

/// <summary>Namespace and range, as every statement on a stream takes them.</summary>
internal class RangeParameters(string space, IdRange range) : IParameters
{
    public virtual void Bind(ParameterWriter parameters)
    {
        parameters.Text(space);
        parameters.Guid(range.LowId);
        parameters.Guid(range.HighId);
    }
}

/// <summary>Counts.</summary>
internal sealed class CountQuery(string space, IdRange range) : RangeParameters(space, range), IRowQuery
{
    public long Result { get; private set; }

    public bool Row(RowReader row)
    {
        Result = row.Int64(0);
        return false;
    }
}

/// <summary>Lists names.</summary>
internal sealed class NamesQuery(string space) : IRowQuery
{
    public List<string> Names { get; } = [];

    public void Bind(ParameterWriter parameters) => parameters.Text(space);

    public bool Row(RowReader row)
    {
        Names.Add(row.Text(0));
        return true;
    }
}

/// <summary>Reads a page of events, until it has enough rows or enough bytes.</summary>
internal abstract class PageQuery(string space, IdRange range, int limit, long maxBytes) : RangeParameters(space, range), IRowQuery
{
    public int Rows { get; private set; }

    public long Bytes { get; private set; }

    public Guid LastId { get; private set; }

    /// <summary>Whether the range may go on.</summary>
    public bool IsFull => Rows == limit || Bytes >= maxBytes;

    public bool LeavesMuch => Rows < limit && Bytes >= maxBytes;

    public override void Bind(ParameterWriter parameters)
    {
        base.Bind(parameters);
        parameters.Int64(limit);
    }

    public bool Row(RowReader row)
    {
        LastId = row.Guid(0);
        var json = row.Json(1);
        Rows++;
        Bytes += json.Length;
        Take(LastId, json);
        return !IsFull;
    }

    protected abstract void Take(Guid id, ReadOnlySpan<byte> json);
}

/// <summary>Reads events; one that its class cannot read stands in its place as what is wrong with it.</summary>
internal sealed class EventPageQuery<TBody>(string space, IdRange range, int limit, long maxBytes) : PageQuery(space, range, limit, maxBytes)
    where TBody : IEventBody<TBody>
{
    public List<(Event<TBody>? Event, UnreadableEventException? Failure)> Events { get; } = [];

    protected override void Take(Guid id, ReadOnlySpan<byte> json)
    {
        try
        {
            var body = BodyText.Read<TBody>(json) ?? throw new EventReadException("$: found null, expected an object", "$", inner: null);
            Events.Add((new(id, EventId.TimeOf(id), body), null));
        }
        catch (EventReadException error)
        {
            Events.Add((null, new UnreadableEventException(id, System.Text.Encoding.UTF8.GetString(json), error)));
        }
    }
}

/// <summary>Feeds bodies to an inference.</summary>
internal sealed class InferencePageQuery(Schema.SchemaInference inference, string space, IdRange range, int limit, long maxBytes) : PageQuery(space, range, limit, maxBytes)
{
    protected override void Take(Guid id, ReadOnlySpan<byte> json) => inference.Add(json);
}
