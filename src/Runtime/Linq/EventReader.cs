using System.Linq.Expressions;
using System.Reflection;
using Typed.Streams.Json;

namespace Typed.Linq;

/// <summary>Makes the events that a query returns from the stored JSON, by the reader that ranges use: the same object, or the same error.</summary>
internal static class EventReader
{
    private static readonly MethodInfo s_event = typeof(EventReader).GetMethod(nameof(ReadEvent))!;
    private static readonly MethodInfo s_body = typeof(EventReader).GetMethod(nameof(ReadBody))!;
    private static readonly MethodInfo s_element = typeof(EventReader).GetMethod(nameof(ReadElement))!;

    /// <summary>Whether a type is <c>Event&lt;T&gt;</c>, and of which class.</summary>
    public static bool IsEvent(Type type, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Type? body)
    {
        body = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Event<>) ? type.GenericTypeArguments[0] : null;
        return body is not null;
    }

    public static Expression CallReadEvent(Type body, Expression id, Expression json) => Expression.Call(s_event.MakeGenericMethod(body), id, json);

    public static Expression CallReadBody(Type body, Expression id, Expression json) => Expression.Call(s_body.MakeGenericMethod(body), id, json);

    public static Expression CallReadElement(Type body, Type item, Expression id, Expression json) =>
        Expression.Call(s_element.MakeGenericMethod(body, item), id, json);

    /// <summary>The event; null where an outer join found none.</summary>
    /// <exception cref="UnreadableEventException">The body does not fit its class any more.</exception>
    public static Event<TBody>? ReadEvent<TBody>(EventId? id, byte[]? json)
        where TBody : IEventBody<TBody> => id is { } known && json is not null ? BodyText.Event<TBody>(known, json) : null;

    /// <summary>The event's body; null where an outer join found none.</summary>
    /// <exception cref="UnreadableEventException">The body does not fit its class any more.</exception>
    public static TBody? ReadBody<TBody>(EventId? id, byte[]? json)
        where TBody : IEventBody<TBody> => ReadEvent<TBody>(id, json) is { } read ? read.Body : default;

    /// <summary>An object of a list in a body; null where an outer join found none.</summary>
    /// <exception cref="UnreadableEventException">The object does not fit its class any more.</exception>
    public static TItem? ReadElement<TBody, TItem>(EventId? id, byte[]? json)
        where TBody : IEventBody<TBody> => id is { } known && json is not null ? (TItem?)BodyText.Object(known, json, Readers<TBody, TItem>.Reader) : default;

    /// <summary>The object at a place in a list; null behind its end.</summary>
    public static TItem? ItemAt<TItem>(IEnumerable<TItem>? items, int index) => items is null ? default : items.ElementAtOrDefault(index);

    /// <summary>The readers of the objects in bodies.</summary>
    private static class Readers<TBody, TItem>
        where TBody : IEventBody<TBody>
    {
        public static readonly BodyObjectReader Reader = Shapes(TBody.Shape).First(shape => shape.Type == typeof(TItem)).Read!;

        private static IEnumerable<BodyShape> Shapes(BodyShape shape) =>
            shape.Members.Select(member => member.Shape).OfType<BodyShape>().SelectMany(Shapes).Prepend(shape);
    }
}
