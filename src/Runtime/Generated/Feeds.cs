using Typed.Generated.Feeding;

namespace Typed.Generated;

/// <summary>Makes what an event stream feeds. Emitted code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Feeds
{
    /// <summary>The same series, whose points are written after the event.</summary>
    public static Feed<TBody> Later<TBody>(Feed<TBody> feed)
    {
        ArgumentNullException.ThrowIfNull(feed);
        feed.IsLater = true;
        return feed;
    }

    /// <summary>A series that gets at most one point of each event.</summary>
    /// <param name="series">Opens the series. Never called: the compiler reads its types off it.</param>
    /// <param name="point">Makes the point of an event; null: none.</param>
    public static Feed<TBody> One<TBody, TPoint, TKey, TValue>(Func<TypedStore, SeriesHandle<TPoint, TKey, TValue>> series, Func<TBody, TPoint?> point)
        where TPoint : class, ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey>
    {
        _ = series;
        return new SeriesFeed<TBody, TPoint, TKey, TValue>((body, add) =>
        {
            if (point(body) is { } one)
            {
                add.Point(one);
            }
        });
    }

    /// <summary>A series of structs that gets at most one point of each event.</summary>
    /// <param name="series">Opens the series. Never called: the compiler reads its types off it.</param>
    /// <param name="point">Makes the point of an event; null: none.</param>
    public static Feed<TBody> OneOfStructs<TBody, TPoint, TKey, TValue>(Func<TypedStore, SeriesHandle<TPoint, TKey, TValue>> series, Func<TBody, TPoint?> point)
        where TPoint : struct, ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey>
    {
        _ = series;
        return new SeriesFeed<TBody, TPoint, TKey, TValue>((body, add) =>
        {
            if (point(body) is { } one)
            {
                add.Point(one);
            }
        });
    }

    /// <summary>A series that gets any number of points of each event.</summary>
    /// <param name="series">Opens the series. Never called: the compiler reads its types off it.</param>
    /// <param name="points">Makes the points of an event.</param>
    public static Feed<TBody> Many<TBody, TPoint, TKey, TValue>(
        Func<TypedStore, SeriesHandle<TPoint, TKey, TValue>> series, Func<TBody, IEnumerable<TPoint>?> points)
        where TPoint : ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey>
    {
        _ = series;
        return new SeriesFeed<TBody, TPoint, TKey, TValue>((body, add) =>
        {
            foreach (var one in points(body) ?? [])
            {
                add.Point(one);
            }
        });
    }
}
