using System.Text.Json;

namespace Typed.Conformance.Tests.Streams.Scenarios;

/// <summary>The declared classes, compiled beside this assembly.</summary>
public interface IStreamClasses
{
    DeclarationModule Module { get; }

    IStreamTarget In(TypedStore store, string className, string space);
}

/// <summary>A stream's public API with bodies and ranges as the vectors write them.</summary>
public interface IStreamTarget
{
    /// <summary>One call; events without a time count for the clock's.</summary>
    ValueTask<IReadOnlyList<EventId>> PutAsync(IReadOnlyList<(JsonElement Body, DateTimeOffset? At)> events, DateTimeOffset now);

    ValueTask<IReadOnlyList<bool>> PutAsync(IReadOnlyList<(EventId Id, JsonElement Body)> events);

    ValueTask<List<StoredEvent>> GetAsync(JsonElement range, Func<JsonElement, EventId> id);

    ValueTask<long> CountAsync(JsonElement range, Func<JsonElement, EventId> id);

    ValueTask<int?> FirstAsync(JsonElement range, Func<JsonElement, EventId> id);

    ValueTask<int?> LastAsync(JsonElement range, Func<JsonElement, EventId> id);

    ValueTask<long> DeleteAsync(JsonElement range, Func<JsonElement, EventId> id);

    ValueTask DeleteAllAsync();

    ValueTask<long> ExpireAsync();

    ValueTask<string?> InferSchemaAsync(int? sample);
}

/// <summary>What was read of an event.</summary>
public sealed record StoredEvent(EventId Id, DateTimeOffset Time, int N);
