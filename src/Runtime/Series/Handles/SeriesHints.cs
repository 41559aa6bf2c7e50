using System.Runtime.CompilerServices;

namespace Typed;

/// <summary>
/// What new users try first, and what to write instead. Nothing here can be called: the compiler would otherwise speak of type inference, or of methods of
/// other libraries.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SeriesHints
{
    private const string Key = "Say which keys first, as in Hour.For(\"/home\").Last(3); several are For([\"/home\", \"/cart\"]).";
    private const string KeyId = "TYP3006";
    private const string Range = "Say which buckets, as in For(\"/home\").Last(30); Last() takes all that are kept, and All() goes from the first to the last.";
    private const string RangeId = "TYP3007";
    private const string Query = "LINQ wants a context: Hit.In(db).Hour.AsQueryable() of a DbContext of your own, or of store.CreateDbContext().";
    private const string QueryId = "TYP3008";
    private const string NoKey = "The series has no member with [SeriesKey], so there is nothing to choose: write Hour.Last(3), or mark a member.";
    private const string NoKeyId = "TYP3009";
    private const string Url = "https://github.com/typed-net/typed/blob/main/docs/rules/{0}.md";

    /// <summary>Not without keys.</summary>
    [Obsolete(Key, error: true, DiagnosticId = KeyId, UrlFormat = Url)]
    public static BucketRange<TRead, TStats> Last<TKey, TRead, TStats>(this KeyedInterval<TKey, TRead, TStats> interval, int? count = null)
        where TKey : struct, ISeriesKey<TKey> => throw No(interval, Key);

    /// <summary>Not without keys.</summary>
    [Obsolete(Key, error: true, DiagnosticId = KeyId, UrlFormat = Url)]
    public static OpenBucketRange<TRead, TStats> From<TKey, TRead, TStats>(this KeyedInterval<TKey, TRead, TStats> interval, DateTimeOffset start)
        where TKey : struct, ISeriesKey<TKey> => throw No(interval, Key);

    /// <summary>Not without keys.</summary>
    [Obsolete(Key, error: true, DiagnosticId = KeyId, UrlFormat = Url)]
    public static OpenBucketRange<TRead, TStats> Until<TKey, TRead, TStats>(this KeyedInterval<TKey, TRead, TStats> interval, DateTimeOffset end)
        where TKey : struct, ISeriesKey<TKey> => throw No(interval, Key);

    /// <summary>Not without keys.</summary>
    [Obsolete(Key, error: true, DiagnosticId = KeyId, UrlFormat = Url)]
    public static BucketRange<TRead, TStats> Between<TKey, TRead, TStats>(
        this KeyedInterval<TKey, TRead, TStats> interval, DateTimeOffset start, DateTimeOffset end)
        where TKey : struct, ISeriesKey<TKey> => throw No(interval, Key);

    /// <summary>Not without keys.</summary>
    [Obsolete(Key, error: true, DiagnosticId = KeyId, UrlFormat = Url)]
    public static BucketRange<TRead, TStats> All<TKey, TRead, TStats>(this KeyedInterval<TKey, TRead, TStats> interval)
        where TKey : struct, ISeriesKey<TKey> => throw No(interval, Key);

    /// <summary>Not without keys.</summary>
    [Obsolete(Key, error: true, DiagnosticId = KeyId, UrlFormat = Url)]
    public static IAsyncEnumerator<Bucket<TRead>> GetAsyncEnumerator<TKey, TRead, TStats>(
        this KeyedInterval<TKey, TRead, TStats> interval, CancellationToken cancellationToken = default)
        where TKey : struct, ISeriesKey<TKey> => throw No(interval, Key);

    /// <summary>Not without a range.</summary>
    [Obsolete(Range, error: true, DiagnosticId = RangeId, UrlFormat = Url)]
    public static IAsyncEnumerator<Bucket<TRead>> GetAsyncEnumerator<TRead, TStats>(
        this BucketSelection<TRead, TStats> selection, CancellationToken cancellationToken = default) => throw No(selection, Range);

    /// <summary>Not without a range.</summary>
    [Obsolete(Range, error: true, DiagnosticId = RangeId, UrlFormat = Url)]
    public static ValueTask<TRead> CollapseAsync<TRead, TStats>(
        this BucketSelection<TRead, TStats> selection, CancellationToken cancellationToken = default) => throw No(selection, Range);

    /// <summary>Not without a range.</summary>
    [Obsolete(Range, error: true, DiagnosticId = RangeId, UrlFormat = Url)]
    public static IAsyncEnumerable<Bucket<TStats>> Stats<TRead, TStats>(this BucketSelection<TRead, TStats> selection) => throw No(selection, Range);

    /// <summary>Not in a store.</summary>
    [Obsolete(Query, error: true, DiagnosticId = QueryId, UrlFormat = Url)]
    public static IQueryable<TRead> AsQueryable<TKey, TRead, TStats>(this KeyedInterval<TKey, TRead, TStats> interval)
        where TKey : struct, ISeriesKey<TKey> => throw No(interval, Query);

    /// <summary>Not in a store.</summary>
    [Obsolete(Query, error: true, DiagnosticId = QueryId, UrlFormat = Url)]
    public static IQueryable<TRead> AsQueryable<TRead, TStats>(this BucketSelection<TRead, TStats> selection) => throw No(selection, Query);

    /// <summary>Not without a key member.</summary>
    [Obsolete(NoKey, error: true, DiagnosticId = NoKeyId, UrlFormat = Url)]
    public static BucketSelection<TRead, TStats> For<TRead, TStats>(this UnkeyedInterval<TRead, TStats> interval, object key) => throw No(interval, NoKey);

    private static InvalidOperationException No(object interval, string text, [CallerMemberName] string name = "") =>
        new($"{interval.GetType().Name}.{name}: {text}");
}
