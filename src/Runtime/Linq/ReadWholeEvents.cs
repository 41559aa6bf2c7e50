using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Typed.Linq;

/// <summary>
/// Finds the events, bodies and objects in a projection and replaces them by calls of the library's reader. Single values, and calls that the database may
/// answer, stay as they are.
/// </summary>
internal sealed class ReadWholeEvents(IModel model) : ExpressionVisitor
{
    [return: NotNullIfNotNull(nameof(node))]
    public override Expression? Visit(Expression? node) => node switch
    {
        not null when EventReader.IsEvent(node.Type, out var body) && IsRow(node) => Read(node, body, EventReader.CallReadEvent) ?? node,
        MemberExpression member when IsOfBody(member) || IsOfElement(member) => ReadPart(member) ?? node,
        MemberExpression member when IsRow(member) => node,
        LambdaExpression => node,
        MemberExpression { Expression: MethodCallExpression { Object: MemberExpression list } } when IsOfBody(list) => node,
        MethodCallExpression call => ReadItem(call) ?? ReadItems(call) ?? VisitCall(call),
        _ => base.Visit(node),
    };

    private Expression VisitCall(MethodCallExpression call)
    {
        // A subquery in a projection may return events too.
        if (call.Method.DeclaringType == typeof(Queryable))
        {
            return WholeEventInterceptor.Rewrite(call, model);
        }

        if (call.Method.DeclaringType == typeof(Enumerable) && QueryableCalls.ElementOf(call.Arguments[0].Type) is not null)
        {
            return call.Update(call.Object, [Visit(call.Arguments[0]), .. call.Arguments.Skip(1)]);
        }

        // The database answers some calls on lists and texts, and all those of EF. Any other call that takes a whole event or body is the application's own.
        if (call.Method.DeclaringType?.Namespace?.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) == true)
        {
            return call;
        }

        Expression[] inputs = call.Object is null ? [.. call.Arguments] : [call.Object, .. call.Arguments];
        return inputs.Any(input => IsWhole(input)) ? base.VisitMethodCall(call) : call;
    }

    /// <summary>The object at a place in a list of a body; null for other calls.</summary>
    private MethodCallExpression? ReadItem(MethodCallExpression call) =>
        call is { Method.Name: "get_Item", Object: MemberExpression list, Arguments: [{ } index] } && IsOfBody(list) && MakeElement(list, call.Type) is not null
            && ReadPart(list) is { } read
        ? Expression.Call(typeof(EventReader), nameof(EventReader.ItemAt), [call.Type], read, index) : null;

    /// <summary>Objects that calls choose from a list of a body, each read from its own JSON; null for other calls.</summary>
    private Expression? ReadItems(MethodCallExpression call)
    {
        if (!IsOfSequence(call) || call.Method.GetGenericArguments()[0] is not { } type)
        {
            return null;
        }

        var (root, source) = (call.Arguments[0], call.Arguments[0]);
        while (root is MethodCallExpression inner && IsOfSequence(inner))
        {
            root = inner.Arguments[0];
        }

        if (root is not MemberExpression list || MakeElement(list, type) is not { } element)
        {
            return null;
        }

        if (call.Method.Name is nameof(Enumerable.ToList) or nameof(Enumerable.ToArray))
        {
            return (source == list ? ReadPart(list) : ReadItems((MethodCallExpression)source)) is { } items ? call.Update(null, [items]) : null;
        }

        var (id, json, item) = (element.Arguments[2], element.Arguments[3], (ParameterExpression)element.Arguments[1]);
        var read = Expression.Lambda(EventReader.CallReadElement(element.Type.GenericTypeArguments[2], type, id, json), item);
        if (call.Type != type)
        {
            return call.Type.IsAssignableTo(typeof(IEnumerable<>).MakeGenericType(type)) ? Select(call) : null;
        }

        return call.Arguments.Count == 1 ? call.Update(null, [Select(source)])
            : call.Arguments[1] is LambdaExpression condition && condition.ReturnType == typeof(bool)
                ? Expression.Call(typeof(Enumerable), call.Method.Name, [type], Select(Expression.Call(typeof(Enumerable), "Where", [type], source, condition)))
            : null;

        Expression Select(Expression items) => Expression.Call(typeof(Enumerable), nameof(Enumerable.Select), [type, type], items, read);
    }

    private static bool IsOfSequence(MethodCallExpression call) => call.Method.DeclaringType == typeof(Enumerable) && call.Method.IsGenericMethod;

    private NewExpression? MakeElement(MemberExpression list, Type type) =>
        ListElement.New(model, Expression.Constant(0), list, Expression.Parameter(type, "item"));

    private static bool IsWhole(Expression node) => node switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert } convert => IsWhole(convert.Operand),
        MemberExpression member when IsBody(member) || ListElement.Of(member, out _) is not null => true,
        _ => EventReader.IsEvent(node.Type, out _) && IsRow(node),
    };

    /// <summary>Whether an expression is a row or a part of one, rather than the result of a call.</summary>
    private static bool IsRow(Expression? node) => node switch
    {
        ParameterExpression => true,
        MemberExpression member => IsRow(member.Expression),
        _ => false,
    };

    private static bool IsBody(MemberExpression member) =>
        member is { Member.Name: nameof(Event<>.Body), Expression: { } row } && EventReader.IsEvent(row.Type, out _) && IsRow(row);

    private static bool IsOfBody(MemberExpression member) => IsBody(member) || (member.Expression is MemberExpression inner && IsOfBody(inner));

    private static bool IsOfElement(Expression? member) =>
        ListElement.Of(member, out _) is not null || (member is MemberExpression { Expression: { } inner } && IsOfElement(inner));

    /// <summary>A body, or an object or list in it; null for single values that the database gives.</summary>
    private Expression? ReadPart(MemberExpression member)
    {
        var (path, body) = (new Stack<MemberInfo>(), (Type?)null);
        Expression? element;
        while ((element = ListElement.Of(member, out body)) is null && !IsBody(member))
        {
            path.Push(member.Member);
            member = (MemberExpression)member.Expression!;
        }

        if (element is null)
        {
            EventReader.IsEvent(member.Expression!.Type, out body);
        }

        var read = IsValue(ListElement.TypeOf(model, body!, member.Type, []), path) ? null
            : element is null ? Read(member.Expression!, body!, EventReader.CallReadBody)
            : EventReader.CallReadElement(body!, member.Type, Expression.Property(element, nameof(ListElement<,,>.Id)),
                Expression.Property(element, nameof(ListElement<,,>.Json)));
        if (read is null)
        {
            return null;
        }

        return path.Aggregate(read, Expression.MakeMemberAccess);
    }

    private static bool IsValue(IComplexType? type, IEnumerable<MemberInfo> path)
    {
        var isValue = false;
        foreach (var member in path)
        {
            if (isValue)
            {
                return true; // of a value, such as the year of a date, or the length of a list
            }

            isValue = type?.FindProperty(member.Name) is { IsPrimitiveCollection: false };
            var isList = type?.FindProperty(member.Name) is { IsPrimitiveCollection: true } || type?.FindComplexProperty(member.Name) is { IsCollection: true };
            if (isList && member != path.Last())
            {
                return true;
            }

            type = type?.FindComplexProperty(member.Name)?.ComplexType;
        }

        return isValue;
    }

    private Expression? Read(Expression row, Type body, Func<Type, Expression, Expression, Expression> read)
    {
        if (StreamEntities.Find(model, body) is not { } stream
            || StreamEntities.Leading(Expression.Property(row, nameof(Event<>.Body)), stream) is not { } member)
        {
            return null;
        }

        var id = Expression.Convert(Expression.Property(row, nameof(Event<>.Id)), typeof(EventId?));
        return read(body, id, Expression.Call(StoredBody.BytesMethod.MakeGenericMethod(member.Type), member));
    }
}
