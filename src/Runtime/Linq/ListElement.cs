using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Metadata;
using Typed.Schema;

namespace Typed.Linq;

/// <summary>
/// In a query: an object of a list in a body, as <c>SelectMany(e => e.Body.Items)</c> gives it, with its JSON and the id of its event. EF would set the members
/// that it knows one by one; with the JSON the library's own reader makes the object.
/// </summary>
/// <typeparam name="TRow">The row that the list is in.</typeparam>
/// <typeparam name="TItem">The object.</typeparam>
/// <typeparam name="TBody">The declared class.</typeparam>
internal sealed class ListElement<TRow, TItem, TBody>(TRow row, TItem item, EventId? id, byte[]? json)
{
    public TRow Row { get; } = row;

    public TItem Item { get; } = item;

    public EventId? Id { get; } = id;

    public byte[]? Json { get; } = json;
}

/// <summary>Makes list elements, and finds them.</summary>
internal static class ListElement
{
    /// <summary>The element that an object comes from; null for other expressions.</summary>
    public static Expression? Of(Expression? item, out Type? body)
    {
        var element = item is MemberExpression { Member.Name: nameof(ListElement<,,>.Item), Expression: { } owner } && owner.Type.IsGenericType
            && owner.Type.GetGenericTypeDefinition() == typeof(ListElement<,,>) ? owner : null;
        body = element?.Type.GenericTypeArguments[2];
        return element;
    }

    /// <summary>An expression that makes the element of a row and an object; null where the list is none of objects in a body.</summary>
    public static NewExpression? New(IModel model, Expression row, Expression list, ParameterExpression item)
    {
        var path = new Stack<string>();
        for (; list is MemberExpression { Expression: { } owner } member; list = owner)
        {
            var (id, body) = Of(member, out var declared) is { } element ? (Expression.Property(element, nameof(ListElement<,,>.Id)), declared)
                : member.Member.Name == nameof(Event<>.Body) && EventReader.IsEvent(owner.Type, out declared)
                    ? ((Expression)Expression.Convert(Expression.Property(owner, nameof(Event<>.Id)), typeof(EventId?)), declared)
                    : (null, null);
            if (id is null)
            {
                path.Push(member.Member.Name);
                continue;
            }

            return TypeOf(model, body!, member.Type, path) is { } type && type.ClrType == item.Type && StreamEntities.Leading(item, type) is { } leading
                ? New(row, item, id, body!, Expression.Call(StoredBody.ElementMethod.MakeGenericMethod(leading.Type), leading)) : null;
        }

        return null;
    }

    /// <summary>How EF maps a class in bodies, or the objects at a path in it; null where it does not.</summary>
    public static IComplexType? TypeOf(IModel model, Type body, Type type, IEnumerable<string> path) => path.Aggregate(
        StreamEntities.Find(model, body)?.FindComplexProperty(StreamColumns.Body)?.ComplexType is { } root
            ? TypesIn(root).FirstOrDefault(one => one.ClrType == type) : null,
        (owner, name) => owner?.FindComplexProperty(name)?.ComplexType);

    private static IEnumerable<IComplexType> TypesIn(IComplexType type) =>
        type.GetComplexProperties().SelectMany(property => TypesIn(property.ComplexType)).Prepend(type);

    private static NewExpression New(Expression row, Expression item, Expression id, Type body, Expression json)
    {
        var type = typeof(ListElement<,,>).MakeGenericType(row.Type, item.Type, body);
        return Expression.New(type.GetConstructors()[0], [row, item, id, json],
            new[] { nameof(ListElement<,,>.Row), nameof(ListElement<,,>.Item), nameof(ListElement<,,>.Id), nameof(ListElement<,,>.Json) }
                .Select(type.GetProperty)!);
    }
}
