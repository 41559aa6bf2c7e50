using System.Text.Json;
using Typed.Generated;

namespace Typed.Conformance.Tests.Series.Scenarios;

/// <summary>What the adapters, which are compiled beside the declared classes, have in common.</summary>
public abstract class ScenarioTarget<TPoint, TKey, TValue>(KeyedSeries<TPoint, TKey, TValue> series) : IScenarioTarget
    where TPoint : ITimeSeries<TPoint, TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
{
    public abstract IReadOnlyDictionary<string, IIntervalTarget> Intervals { get; }

    public ValueTask<InsertResult> InsertPartsAsync(string key, JsonElement value, DateTimeOffset at) => InsertAsync(key, Read(value), at);

    public ValueTask<InsertResult> InsertPointAsync(string key, JsonElement value, DateTimeOffset at) => series.InsertAsync(Point(key, Read(value), at));

    public ValueTask<InsertResult> InsertManyAsync(IEnumerable<(string Key, JsonElement Value, DateTimeOffset At)> points) =>
        series.InsertAsync(points.Select(point => Point(point.Key, Read(point.Value), point.At)));

    public async ValueTask<IReadOnlyList<string>> KeysAsync()
    {
        List<string> names = [];
        await foreach (var key in series.Keys())
        {
            names.Add(Name(key));
        }

        return names;
    }

    public ValueTask<IReadOnlyDictionary<string, BucketExtent>> PropertiesAsync(string key) => series.PropertiesAsync(Key(key));

    public ValueTask DeleteAsync(string key) => series.DeleteAsync(Key(key));

    public ValueTask DeleteAllAsync() => series.DeleteAllAsync();

    public async ValueTask ExpireAsync(string? key)
    {
        if (key is null)
        {
            await series.ExpireAsync();
        }
        else
        {
            await series.ExpireAsync(Key(key));
        }
    }

    protected abstract TKey Key(string name);

    protected abstract string Name(TKey key);

    protected abstract TPoint Point(string name, TValue value, DateTimeOffset at);

    protected abstract ValueTask<InsertResult> InsertAsync(string name, TValue value, DateTimeOffset at);

    protected IIntervalTarget Of<TRead, TStats>(KeyedInterval<TKey, TRead, TStats> interval) => new IntervalTarget<TKey, TRead, TStats>(interval, Key);

    // The class asks for a text that is not null; a caller that does not know can pass one all the same, and the vectors do.
    private static TValue Read(JsonElement value) => (TValue)(value.ValueKind switch
    {
        JsonValueKind.Object => double.Parse(value.GetProperty("$double").GetString()!, System.Globalization.CultureInfo.InvariantCulture),
        JsonValueKind.Null => null!,
        JsonValueKind.String => value.GetString()!,
        _ when typeof(TValue) == typeof(double) => value.GetDouble(),
        _ => (object)value.GetInt64(),
    });
}
