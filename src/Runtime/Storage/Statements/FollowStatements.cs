namespace Typed.Storage.Statements;

/// <summary>The statements that follow one stream.</summary>
internal sealed class FollowStatements
{
    public FollowStatements(StreamTable stream, EpochTable epoch, Dialect dialect)
    {
        Stream = stream;
        var table = stream.Followed!;
        State = new(dialect.FollowState(table, epoch));
        Page = new(dialect.FollowPage(table));
        Listed = new(dialect.FollowListed(table));
        At = dialect.FollowedAt(table) is { } at ? new(at) : null;
        Obstacles = [.. dialect.FollowObstacles(table).Select(text => new Sql(text))];
    }

    public StreamTable Stream { get; }

    /// <summary>Gives the row of <see cref="Dialect.FollowState"/>.</summary>
    public Sql State { get; }

    /// <summary>Gives the rows of <see cref="Dialect.FollowPage"/>.</summary>
    public Sql Page { get; }

    /// <summary>Gives the rows of <see cref="Dialect.FollowListed"/>.</summary>
    public Sql Listed { get; }

    /// <summary>Gives the id of the event whose order the position has; null where several events share one.</summary>
    public Sql? At { get; }

    /// <summary>
    /// Queries without parameters to be run one after the other. Each gives a text where something keeps the table from being followed, an empty one where
    /// nothing does and no other has to be run, and no row where the next one decides.
    /// </summary>
    public IReadOnlyList<Sql> Obstacles { get; }
}
