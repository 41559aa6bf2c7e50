using System.Text.Json;
using Typed.Generated;

namespace Typed.Conformance.Tests.Series.Scenarios;

/// <summary>An interval's public reads, with keys as text and ranges as the vectors write them.</summary>
internal sealed class IntervalTarget<TKey, TRead, TStats>(KeyedInterval<TKey, TRead, TStats> interval, Func<string, TKey> key) : IIntervalTarget
    where TKey : struct, ISeriesKey<TKey>
{
    public async ValueTask<BucketAnswer> GetAsync(string name, DateTimeOffset? at) => Value(await interval.GetAsync(key(name), at));

    public IRangeTarget Range(string name, JsonElement range) => new RangeTarget(Choose(interval.For(key(name)), range));

    public IRangeTarget Range(IEnumerable<string> names, JsonElement range) => new RangeTarget(Choose(interval.For(names.Select(key)), range));

    private static BucketRange<TRead, TStats> Choose(BucketSelection<TRead, TStats> selection, JsonElement range)
    {
        if (range.TryGetProperty("last", out var last))
        {
            return selection.Last(last.ValueKind == JsonValueKind.Null ? null : last.GetInt32());
        }

        if (range.Find("from") is { } from)
        {
            return selection.From(VectorTime.Read(from)).Take(range.GetProperty("take").GetInt32());
        }

        if (range.Find("until") is { } until)
        {
            return selection.Until(VectorTime.Read(until)).Take(range.GetProperty("take").GetInt32());
        }

        return range.Find("between") is { } ends
            ? selection.Between(VectorTime.Read(ends[0]), VectorTime.Read(ends[1]))
            : range.GetProperty("all").GetBoolean() ? selection.All() : throw new FormatException($"{range.GetRawText()} is no range.");
    }

    private static BucketAnswer Value(Bucket<TRead> bucket) => new(
        Neutral.Seconds(bucket.Start),
        Neutral.Value(bucket.Value),
        [.. bucket.Slots.Select(slot => new List<object?> { Neutral.Seconds(slot.Start), Neutral.Value(slot.Value) })]);

    private sealed class RangeTarget(BucketRange<TRead, TStats> range) : IRangeTarget
    {
        public async Task<List<BucketAnswer>> ReadAsync(bool skipEmpty, bool withSlots)
        {
            var chosen = skipEmpty ? range.SkipEmpty() : range;
            return await ListAsync(withSlots ? chosen.WithSlots() : chosen, Value);
        }

        public Task<List<BucketAnswer>> StatsAsync(bool skipEmpty) => ListAsync(
            (skipEmpty ? range.SkipEmpty() : range).Stats(), bucket => new BucketAnswer(Neutral.Seconds(bucket.Start), Neutral.Stats(bucket.Value), []));

        public async Task<object?> CollapseAsync() => Neutral.Value(await range.CollapseAsync());

        public async Task<object?> CollapseStatsAsync() => Neutral.Stats(await range.StatsAsync());

        private static async Task<List<BucketAnswer>> ListAsync<T>(IAsyncEnumerable<T> buckets, Func<T, BucketAnswer> answer)
        {
            List<BucketAnswer> answers = [];
            await foreach (var bucket in buckets)
            {
                answers.Add(answer(bucket));
            }

            return answers;
        }
    }
}
