using Typed.Storage;
using Typed.Streams.Json;
using Typed.Streams.Reading;

namespace Typed.Streams.Following;

/// <summary>
/// Reads the next events after a position, as they are stored, until there are enough rows or bytes: those that are listed, or those that are not, up to the
/// first one of the other kind.
/// </summary>
internal sealed class FollowPage<TBody>(string streamNamespace, StreamPosition after, FollowState state, int limit) : IRowQuery, IDisposable
    where TBody : IEventBody<TBody>
{
    private readonly RowBuffer _rows = new();
    private readonly Queue<StreamPosition> _positions = new();
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
        if (state.IsListedNext)
        {
            // What was read of the list counts where it is the list of the position.
            var read = ListedPlace.Of(after);
            parameters.Int64(state.Listed!.Value);
            parameters.Int64(state.List);
            parameters.Int64(after.Order == state.Listed && read.List == state.List ? read.Place : 0);
        }
        else
        {
            // Up to the order of the next event there is none.
            var isNear = after.Order >= state.Unlisted - 1;
            parameters.Int64(isNear ? after.Order : state.Unlisted!.Value - 1);
            parameters.Guid(isNear ? after.Id : Guid.AllBitsSet);
        }

        parameters.Int64(state.Before);
        parameters.Int64(limit);
    }

    public bool Row(RowReader row)
    {
        var id = row.Guid(0);
        Bytes += _rows.Add(id, row);
        var place = state.IsListedNext && !row.IsNull(3) ? new ListedPlace(row.Int64(3), row.Int64(4)).ToId() : id;
        StreamPosition position = new(after.Epoch, row.Int64(2), place);
        _positions.Enqueue(position);
        _last = position;
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

        position = _positions.Dequeue();
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
