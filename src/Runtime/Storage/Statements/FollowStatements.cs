namespace Typed.Storage.Statements;

/// <summary>The statements that follow one stream. Those that read take namespace, order and id of a position.</summary>
internal sealed class FollowStatements
{
    public FollowStatements(StreamTable stream, EpochTable epoch, Dialect dialect)
    {
        Stream = stream;
        var table = stream.Followed!;
        State = new(dialect.FollowState(table, epoch));
        Page = new(dialect.FollowPage(table));
        At = dialect.FollowedAt(table) is { } at ? new(at) : null;
        Obstacles = [.. dialect.FollowObstacles(table).Select(text => new Sql(text))];
    }

    public StreamTable Stream { get; }

    /// <summary>
    /// Gives one row: the epoch, null where none is recorded; whether its record was made in this history of commits; the first order that may still get
    /// events; the first order that nothing has yet; the order of the first event after the position, null where there is none.
    /// </summary>
    public Sql State { get; }

    /// <summary>
    /// Gives id, body and order of the events after a position and before an order, which is the fourth parameter, in the order of commits, at most as many as
    /// the fifth says.
    /// </summary>
    public Sql Page { get; }

    /// <summary>Gives the id of the event whose order the position has; null where several events share one.</summary>
    public Sql? At { get; }

    /// <summary>
    /// Queries without parameters to be run one after the other. Each gives a text where something keeps the table from being followed, an empty one where
    /// nothing does and no other has to be run, and no row where the next one decides.
    /// </summary>
    public IReadOnlyList<Sql> Obstacles { get; }
}
