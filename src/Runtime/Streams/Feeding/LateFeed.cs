namespace Typed.Streams.Feeding;

/// <summary>What a stream feeds to one series after its events: the points of one method, or of several.</summary>
/// <param name="series">The series.</param>
/// <param name="feeds">The methods.</param>
internal sealed class LateFeed<TBody>(SeriesDefinition series, IReadOnlyList<Feed<TBody>> feeds)
{
    public SeriesDefinition Series => series;

    /// <summary>Those of a class.</summary>
    /// <param name="feeds">What its events feed, at once or later.</param>
    /// <param name="holds">Whether a declared type is at hand.</param>
    public static IReadOnlyList<LateFeed<TBody>> Of(IReadOnlyList<Feed<TBody>> feeds, Func<Type, bool> holds) =>
    [
        .. feeds.Where(feed => feed.IsLater && holds(feed.Series.PointType))
            .GroupBy(static feed => feed.Series.PointType)
            .Select(static of => new LateFeed<TBody>(of.First().Series, [.. of])),
    ];

    /// <summary>What holds the points of events.</summary>
    public EventFeeds<TBody> NewPoints(ModelTables tables, string streamNamespace) => new([.. feeds.Select(feed => feed.NewPoints(tables, streamNamespace))]);
}
