using System.Text.Json;

namespace Typed.Conformance.Tests.Series.Scenarios;

/// <summary>The one type that is looked up by name in the compiled assembly: it knows its classes.</summary>
public interface IScenarioClasses
{
    DeclarationModule Module { get; }

    IScenarioTarget In(TypedStore store, string className);
}

/// <summary>A declared class in a store, with keys as text, values as JSON, and answers as plain objects (see <see cref="Neutral"/>).</summary>
public interface IScenarioTarget
{
    /// <summary>The intervals by the names that they are declared with.</summary>
    IReadOnlyDictionary<string, IIntervalTarget> Intervals { get; }

    /// <summary>Inserts a point given by its parts.</summary>
    ValueTask<InsertResult> InsertPartsAsync(string key, JsonElement value, DateTimeOffset at);

    /// <summary>Inserts a point given as an object.</summary>
    ValueTask<InsertResult> InsertPointAsync(string key, JsonElement value, DateTimeOffset at);

    ValueTask<InsertResult> InsertManyAsync(IEnumerable<(string Key, JsonElement Value, DateTimeOffset At)> points);

    ValueTask<IReadOnlyList<string>> KeysAsync();

    ValueTask<IReadOnlyDictionary<string, BucketExtent>> PropertiesAsync(string key);

    ValueTask DeleteAsync(string key);

    ValueTask DeleteAllAsync();

    ValueTask ExpireAsync(string? key);
}

/// <summary>One interval of a declared class.</summary>
public interface IIntervalTarget
{
    ValueTask<BucketAnswer> GetAsync(string key, DateTimeOffset? at);

    IRangeTarget Range(string key, JsonElement range);

    /// <summary>Several keys joined; also one, given as a list.</summary>
    IRangeTarget Range(IEnumerable<string> keys, JsonElement range);
}

/// <summary>A range of an interval: enumerated, or collapsed; the values, or their statistics.</summary>
public interface IRangeTarget
{
    Task<List<BucketAnswer>> ReadAsync(bool skipEmpty, bool withSlots);

    Task<List<BucketAnswer>> StatsAsync(bool skipEmpty);

    Task<object?> CollapseAsync();

    Task<object?> CollapseStatsAsync();
}

/// <summary>A bucket: its start in Unix seconds, its value or statistics, its slots.</summary>
public sealed record BucketAnswer(object Start, object? Value, IReadOnlyList<object?> Slots);
