using Typed.Storage;

namespace Typed.Streams.Following;

/// <summary>What a followed stream has after a position.</summary>
/// <param name="Epoch">The history of commits; null where none is recorded yet.</param>
/// <param name="IsOwn">Whether the record was made in the present history, and not restored with the rows.</param>
/// <param name="Horizon">The first order that may still get events.</param>
/// <param name="End">The first order that nothing has yet.</param>
/// <param name="Unlisted">The order of the next event that is not listed; null where there is none.</param>
/// <param name="Listed">The order of the next event that is listed; null where there is none.</param>
/// <param name="List">The number of the list that holds it.</param>
internal readonly record struct FollowState(long? Epoch, bool IsOwn, long Horizon, long End, long? Unlisted, long? Listed, long List)
{
    /// <summary>The order of the next event; null where there is none.</summary>
    public long? Next => IsListedNext ? Listed : Unlisted;

    /// <summary>Whether the next event is listed. Of one order those that are not come first.</summary>
    public bool IsListedNext => Listed is { } listed && !(Unlisted <= listed);

    /// <summary>The order before which all events that can be read now are of the kind of the next one.</summary>
    public long Before => Math.Min(Horizon, IsListedNext ? Unlisted ?? long.MaxValue : Listed + 1 ?? long.MaxValue);

    /// <summary>Whether events wait that are read at once.</summary>
    public bool HasEvents => Next < Horizon;

    /// <summary>Whether events are committed behind a transaction that still runs.</summary>
    public bool IsPending => Next >= Horizon;

    /// <summary>Whether the rows or the record are those of another database.</summary>
    public bool IsRestored => !IsOwn || Unlisted >= End || Listed >= End;
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
        var place = ListedPlace.Of(position);
        parameters.Int64(place.List);
        parameters.Int64(place.Place);
    }

    public bool Row(RowReader row)
    {
        State = new(
            row.IsNull(0) ? null : row.Int64(0),
            row.IsNull(1) || row.Boolean(1),
            row.Int64(2),
            row.Int64(3),
            row.IsNull(4) ? null : row.Int64(4),
            row.IsNull(5) ? null : row.Int64(5),
            row.IsNull(6) ? 0 : row.Int64(6));
        return false;
    }
}
