using System.Text.Json;
using Typed.Generated;

namespace Typed.Conformance.Tests.Streams.Scenarios;

/// <summary>Calls the API of one class; created by code that is compiled beside the class.</summary>
public sealed class StreamTarget<TBody>(EventStream<TBody> stream) : IStreamTarget
    where TBody : class, IEventBody<TBody>
{
    private static readonly Func<TBody, int> s_number = typeof(TBody).GetProperty("N")!.GetMethod!.CreateDelegate<Func<TBody, int>>();

    // Each way in has its turn: alone, together with one time or none, together with a time each.
    public async ValueTask<IReadOnlyList<EventId>> PutAsync(IReadOnlyList<(JsonElement Body, DateTimeOffset? At)> events, DateTimeOffset now) => events switch
    {
        [var (body, at)] => [await stream.PutAsync(Body(body), at)],
        _ when events.Select(one => one.At).Distinct().Take(2).ToArray() is [var same] => await stream.PutAsync(events.Select(one => Body(one.Body)), same),
        _ => await stream.PutAsync(events.Select(one => (Body(one.Body), one.At ?? now))),
    };

    public async ValueTask<IReadOnlyList<bool>> PutAsync(IReadOnlyList<(EventId Id, JsonElement Body)> events) => events is [var (id, body)]
        ? [await stream.PutAsync(id, Body(body))]
        : await stream.PutAsync(events.Select(one => (one.Id, Body(one.Body))));

    public async ValueTask<List<StoredEvent>> GetAsync(JsonElement range, Func<JsonElement, EventId> id)
    {
        List<StoredEvent> events = [];
        await foreach (var one in Choose(range, id))
        {
            events.Add(new(one.Id, one.Time, s_number(one.Body)));
        }

        return events;
    }

    public ValueTask<long> CountAsync(JsonElement range, Func<JsonElement, EventId> id) => Choose(range, id).CountAsync();

    public async ValueTask<int?> FirstAsync(JsonElement range, Func<JsonElement, EventId> id) => Number(await Choose(range, id).FirstOrDefaultAsync());

    public async ValueTask<int?> LastAsync(JsonElement range, Func<JsonElement, EventId> id) => Number(await Choose(range, id).LastOrDefaultAsync());

    public ValueTask<long> DeleteAsync(JsonElement range, Func<JsonElement, EventId> id) => Choose(range, id).DeleteAsync();

    public ValueTask DeleteAllAsync() => stream.DeleteAllAsync();

    public ValueTask<long> ExpireAsync() => stream.ExpireAsync();

    public ValueTask<string?> InferSchemaAsync(int? sample) => stream.InferSchemaAsync(sample);

    private static int? Number(Event<TBody>? found) => found is null ? null : s_number(found.Body);

    private static TBody Body(JsonElement body) => (TBody)BodyBuilder.Build(typeof(TBody), body)!;

    private EventRange<TBody> Choose(JsonElement op, Func<JsonElement, EventId> id)
    {
        EventRange<TBody> range = stream;
        foreach (var bound in op.EnumerateObject())
        {
            range = bound.Name switch
            {
                "between" => range.Between(VectorTime.Read(bound.Value[0]), VectorTime.Read(bound.Value[1])),
                "from" => range.From(VectorTime.Read(bound.Value)),
                "until" => range.Until(VectorTime.Read(bound.Value)),
                "before" => range.Before(VectorTime.Read(bound.Value)),
                "after" => range.After(id(bound.Value)),
                "descending" => bound.Value.GetBoolean() ? range.Descending() : range,
                "take" => range.Take(bound.Value.GetInt32()),
                "op" or "of" or "namespace" or "times" or "expect" => range,
                _ => throw new NotSupportedException($"'{bound.Name}' is no bound that the vectors' README names."),
            };
        }

        return range;
    }
}
