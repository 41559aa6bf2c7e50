using Typed.Runtime.Tests.Series.Declared;
using Visit = Typed.Runtime.Tests.Streams.Stored.Visit;

namespace Typed.Runtime.Tests.Reading;

/// <summary>Every way to read a store, each with its answer, over what <see cref="WriteAsync"/> wrote.</summary>
internal static class EveryRead
{
    public static readonly DateTimeOffset Time = new(2026, 3, 21, 12, 34, 56, TimeSpan.Zero);

    private static readonly EventId s_id = EventId.New(Time);

    public static readonly IReadOnlyDictionary<string, (string Asked, Func<TypedStore, CancellationToken, Task<string>> Read)> All =
        new Dictionary<string, (string, Func<TypedStore, CancellationToken, Task<string>>)>(StringComparer.Ordinal)
        {
            ["bucket"] = ("a bucket of hit_day, interval 'day'", async (s, t) => $"{(await Hit.In(s).Day.GetAsync("/", Time, t)).Value}"),
            ["range"] = ("a range of hit_day, interval 'day'", async (s, t) => await JoinAsync(Days(s), bucket => bucket.Value, t)),
            ["open range"] = ("hit_day, interval 'day'", async (s, t) => await JoinAsync(Hit.In(s).Day.For("/").All(), bucket => bucket.Value, t)),
            ["statistics"] = ("a range of hit_day, interval 'day'", async (s, t) => await JoinAsync(Days(s).Stats(), bucket => bucket.Value.Sum, t)),
            ["one statistic"] = ("a range in one of hit_day, interval 'day'", async (s, t) => $"{(await Days(s).StatsAsync(t)).Sum}"),
            ["collapse"] = ("a range in one of hit_day, interval 'day'", async (s, t) => $"{await Days(s).CollapseAsync(t)}"),
            ["own collapse"] = ("a range of hit_day, interval 'day'", async (s, t) => $"{await Days(s).CollapseAsync(all => all.Sum(b => b.Value), t)}"),
            ["points"] = ("a range of paged_points_points, interval 'minute'", async (s, t) => await JoinAsync(PagedPoints.In(s).Minute.For("/").Between(Time.AddDays(-1), Time), bucket => bucket.Value.Count, t)),
            ["statistics of points"] = ("a range of paged_points_points, interval 'minute'", async (s, t) => await JoinAsync(PagedPoints.In(s).Minute.For("/").Between(Time.AddDays(-1), Time).Stats(), bucket => bucket.Value.Count, t)),
            ["keys"] = ("the keys of hit", async (s, t) => await JoinAsync(Hit.In(s).Keys(t), key => key.Page, t)),
            ["properties"] = ("the first and last buckets of hit", async (s, t) => string.Join(',', (await Hit.In(s).PropertiesAsync("/", t)).Keys.Order(StringComparer.Ordinal))),
            ["event"] = ("an event of stream 'visit', namespace 'default'", async (s, t) => $"{(await Visit.In(s).GetAsync(s_id, t))?.Body.N}"),
            ["events"] = ("events of stream 'visit', namespace 'default'", async (s, t) => await JoinAsync(Visit.In(s), found => found.Body.N, t)),
            ["number of events"] = ("the number of events of stream 'visit', namespace 'default'", async (s, t) => $"{await Visit.In(s).CountAsync(t)}"),
            ["last event"] = ("events of stream 'visit', namespace 'default'", async (s, t) => $"{(await Visit.In(s).LastOrDefaultAsync(t))?.Body.N}"),
            ["schema"] = ("the newest events of stream 'visit', namespace 'default'", async (s, t) => $"{(await Visit.In(s).InferSchemaAsync(cancellationToken: t))?.Contains("\"n\"", StringComparison.Ordinal)}"),
            ["namespaces"] = ("the namespaces of the declared types", async (s, t) => string.Join(',', await s.NamespacesAsync(t))),
            ["streams"] = ("the streams of namespace 'default'", async (s, t) => string.Join(',', await s.StreamsAsync(cancellationToken: t))),
        };

    public static void Choose(TypedOptionsBuilder options) => options.Only<Hit>().Only<PagedPoints>().Only<Visit>();

    public static async Task WriteAsync(TypedStore store)
    {
        await Hit.In(store).InsertAsync("/", 3, Time);
        await PagedPoints.In(store).InsertAsync("/", 3, Time);
        await Visit.In(store).PutAsync(s_id, new Visit(7));
    }

    private static BucketRange<long, TotalStatistics<long>> Days(TypedStore store) => Hit.In(store).Day.For("/").Between(Time.AddDays(-1), Time);

    private static async Task<string> JoinAsync<T, TPart>(IAsyncEnumerable<T> items, Func<T, TPart> part, CancellationToken cancellationToken)
    {
        List<string> parts = [];
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            parts.Add($"{part(item)}");
        }

        return string.Join(',', parts);
    }
}
