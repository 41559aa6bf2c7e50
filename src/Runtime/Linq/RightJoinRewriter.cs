using System.Linq.Expressions;

namespace Typed.Linq;

/// <summary>
/// EF asks the conditions of the left side of a right join after the join, and the namespace of events is such a condition: what has no event on the left
/// would be lost. A left join from the other side is the same, and right.
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
