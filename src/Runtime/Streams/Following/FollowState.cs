using Typed.Storage;

namespace Typed.Streams.Following;

/// <summary>What a followed stream has after a position.</summary>
/// <param name="Epoch">The history of commits; null where none is recorded yet.</param>
/// <param name="IsOwn">Whether the record was made in the present history, and not restored with the rows.</param>
/// <param name="Horizon">The first order that may still get events.</param>
/// <param name="End">The first order that nothing has yet.</param>
/// <param name="Next">The order of the next event; null where there is none.</param>
internal readonly record struct FollowState(long? Epoch, bool IsOwn, long Horizon, long End, long? Next)
{
    /// <summary>Whether events wait that are read at once.</summary>
    public bool HasEvents => Next < Horizon;

    /// <summary>Whether events are committed behind a transaction that still runs.</summary>
    public bool IsPending => Next >= Horizon;

    /// <summary>Whether the rows or the record are those of another database.</summary>
    public bool IsRestored => !IsOwn || Next >= End;
}

/// <summary>Reads the state of a stream.</summary>
internal sealed class FollowStateQuery(string streamNamespace, StreamPosition position) : IRowQuery
{
    public FollowState State { get; private set; }

    public void Bind(ParameterWriter parameters)
    {
        parameters.Text(streamNamespace);
        parameters.Int64(position.Order);
        parameters.Guid(position.Id);
    }

    public bool Row(RowReader row)
    {
        State = new(
            row.IsNull(0) ? null : row.Int64(0),
            row.IsNull(1) || row.Boolean(1),
            row.Int64(2),
            row.Int64(3),
            row.IsNull(4) ? null : row.Int64(4));
        return false;
    }
}
