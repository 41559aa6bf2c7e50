using Typed.Storage;
using Typed.Streams.Json;
using Typed.Streams.Reading;

namespace Typed.Streams.Following;

/// <summary>Reads events after a position and before an order, as they are stored, until there are enough rows or bytes.</summary>
internal sealed class FollowPage<TBody>(string streamNamespace, StreamPosition after, long before, int limit) : IRowQuery, IDisposable
    where TBody : IEventBody<TBody>
{
    private readonly RowBuffer _rows = new();
    private readonly Queue<long> _orders = new();

    private StreamPosition? _last;

    /// <summary>The position of the last row.</summary>
    public StreamPosition Last => _last ?? after;

    public int Rows { get; private set; }

    public long Bytes { get; private set; }

    public bool LeavesMuch => Rows < limit;

    /// <summary>The rows of the next page, by the size of the events of this one.</summary>
    public int NextRows => EventPageSize.After(Rows, Bytes);

    public void Bind(ParameterWriter parameters)
    {
        parameters.Text(streamNamespace);
        parameters.Int64(after.Order);
        parameters.Guid(after.Id);
        parameters.Int64(before);
        parameters.Int64(limit);
    }

    public bool Row(RowReader row)
    {
        var id = row.Guid(0);
        Bytes += _rows.Add(id, row);
        var order = row.Int64(2);
        _orders.Enqueue(order);
        _last = new(after.Epoch, order, id);
        Rows++;
        return Rows < limit && Bytes < EventPageSize.MostBytes;
    }

    /// <summary>The next event, or what is wrong with it where its class cannot read it, and its position; false when none is left.</summary>
    public bool TryTake(out Event<TBody>? read, out UnreadableEventException? failure, out StreamPosition position)
    {
        (read, failure, position) = (null, null, default);
        if (!_rows.TryTake(out var id, out var json))
        {
            return false;
        }

        position = new(after.Epoch, _orders.Dequeue(), id);
        try
        {
            read = BodyText.Event<TBody>(EventId.Stored(id), json);
        }
        catch (UnreadableEventException unreadable)
        {
            unreadable.Position = position;
            failure = unreadable;
        }

        return true;
    }

    public void Dispose() => _rows.Dispose();
}
