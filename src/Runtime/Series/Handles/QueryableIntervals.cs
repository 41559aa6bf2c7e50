using Typed.Series.Plans;
using Typed.Writing;

namespace Typed;

/// <summary>One interval of a series with a key in a context: everything of <see cref="KeyedInterval{TKey, TRead, TStats}"/>, and LINQ.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TRead">What a bucket holds.</typeparam>
/// <typeparam name="TStats">Its statistics.</typeparam>
/// <typeparam name="TRow">The emitted row.</typeparam>
public sealed class QueryableInterval<TKey, TRead, TStats, TRow> : KeyedInterval<TKey, TRead, TStats>
    where TKey : struct, ISeriesKey<TKey>
    where TRow : class
{
    private readonly Func<IQueryable<TRow>> _rows;

    internal QueryableInterval(StoreScope scope, IntervalPlan<TRead, TStats> plan, Func<IQueryable<TRow>> rows, string? seriesNamespace)
        : base(scope, plan, seriesNamespace) => _rows = rows;

    /// <summary>The stored rows of live buckets, as an EF Core query in the context: filter, group, join with the application's own entities.</summary>
    public IQueryable<TRow> AsQueryable() => _rows();
}

/// <summary>One interval of a series without a key in a context: everything of <see cref="UnkeyedInterval{TRead, TStats}"/>, and LINQ.</summary>
/// <typeparam name="TRead">What a bucket holds.</typeparam>
/// <typeparam name="TStats">Its statistics.</typeparam>
/// <typeparam name="TRow">The emitted row.</typeparam>
public sealed class QueryableUnkeyedInterval<TRead, TStats, TRow> : UnkeyedInterval<TRead, TStats>
    where TRow : class
{
    private readonly Func<IQueryable<TRow>> _rows;

    internal QueryableUnkeyedInterval(StoreScope scope, IntervalPlan<TRead, TStats> plan, Func<IQueryable<TRow>> rows)
        : base(scope, plan) => _rows = rows;

    /// <summary>The stored rows of live buckets, as an EF Core query in the context: filter, group, join with the application's own entities.</summary>
    public IQueryable<TRow> AsQueryable() => _rows();
}
