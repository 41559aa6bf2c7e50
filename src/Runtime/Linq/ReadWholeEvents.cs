using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Metadata;
using Typed.Storage.Model;

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
        MemberExpression member when IsOfBody(member) => ReadPart(member) ?? node,
        MemberExpression member when IsRow(member) => node,
        LambdaExpression => node,
        MethodCallExpression call => VisitCall(call),
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

    private static bool IsWhole(Expression node) => node switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert } convert => IsWhole(convert.Operand),
        MemberExpression member when IsBody(member) => true,
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

    /// <summary>A body, or an object or list in it; null for single values that the database gives.</summary>
    private Expression? ReadPart(MemberExpression member)
    {
        var path = new Stack<MemberInfo>();
        while (!IsBody(member))
        {
            path.Push(member.Member);
            member = (MemberExpression)member.Expression!;
        }

        EventReader.IsEvent(member.Expression!.Type, out var body);
        if (IsValue(body!, path) || Read(member.Expression, body!, EventReader.CallReadBody) is not { } read)
        {
            return null;
        }

        return path.Aggregate(read, Expression.MakeMemberAccess);
    }

    private bool IsValue(Type body, IEnumerable<MemberInfo> path)
    {
        var type = (ITypeBase?)StreamEntities.Find(model, body)?.FindComplexProperty(StreamModel.Body)?.ComplexType;
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
