using System.Linq.Expressions;
using System.Reflection;
using Typed.Streams.Json;

namespace Typed.Linq;

/// <summary>Makes the events that a query returns from the stored JSON, by the reader that ranges use: the same object, or the same error.</summary>
internal static class EventReader
{
    private static readonly MethodInfo s_event = typeof(EventReader).GetMethod(nameof(ReadEvent))!;
    private static readonly MethodInfo s_body = typeof(EventReader).GetMethod(nameof(ReadBody))!;

    /// <summary>Whether a type is <c>Event&lt;T&gt;</c>, and of which class.</summary>
    public static bool IsEvent(Type type, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Type? body)
    {
        body = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Event<>) ? type.GenericTypeArguments[0] : null;
        return body is not null;
    }

    public static Expression CallReadEvent(Type body, Expression id, Expression json) => Expression.Call(s_event.MakeGenericMethod(body), id, json);

    public static Expression CallReadBody(Type body, Expression id, Expression json) => Expression.Call(s_body.MakeGenericMethod(body), id, json);

    /// <summary>The event; null where an outer join found none.</summary>
    /// <exception cref="UnreadableEventException">The body does not fit its class any more.</exception>
    public static Event<TBody>? ReadEvent<TBody>(EventId? id, byte[]? json)
        where TBody : IEventBody<TBody> => id is { } known && json is not null ? BodyText.Event<TBody>(known, json) : null;

    /// <summary>The event's body; null where an outer join found none.</summary>
    /// <exception cref="UnreadableEventException">The body does not fit its class any more.</exception>
    public static TBody? ReadBody<TBody>(EventId? id, byte[]? json)
        where TBody : IEventBody<TBody> => ReadEvent<TBody>(id, json) is { } read ? read.Body : default;
}
