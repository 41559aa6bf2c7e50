using System.Linq.Expressions;

namespace Typed.Linq;

/// <summary>
/// Rewrites right joins as left joins from the other side. EF checks the conditions of a right join's left side after the join, and the namespace of events is
/// such a condition: rows without an event on the left would be lost.
/// </summary>
internal sealed class RightJoinRewriter : ExpressionVisitor
{
    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var visited = (MethodCallExpression)base.VisitMethodCall(node);
        if (visited.Method.DeclaringType != typeof(Queryable) || visited.Method.Name is not nameof(Queryable.RightJoin) || visited.Arguments.Count != 5
            || QueryableCalls.ElementOf(visited.Arguments[0].Type) is not { } left || !EventReader.IsEvent(left, out _))
        {
            return visited;
        }

        var result = (LambdaExpression)((UnaryExpression)visited.Arguments[4]).Operand;
        var types = visited.Method.GetGenericArguments();
        return Expression.Call(
            typeof(Queryable), nameof(Queryable.LeftJoin), [types[1], types[0], types[2], types[3]],
            visited.Arguments[1], visited.Arguments[0], visited.Arguments[3], visited.Arguments[2],
                Expression.Quote(Expression.Lambda(result.Body, result.Parameters[1], result.Parameters[0])));
    }
}
