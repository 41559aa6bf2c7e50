using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;
using Typed.Linq;
using Typed.Storage.Model;

namespace Typed.Sqlite.Linq;

/// <summary>
/// <c>row.Bucket > DateTimeOffset.UtcNow.AddDays(-7)</c> for SQLite: EF translates the clock there, and sums with it, only as a <see cref="DateTime"/>. In
/// queries of an application's own entities EF still refuses it.
/// </summary>
internal sealed class SqliteNow : IQueryExpressionInterceptor
{
    public static readonly SqliteNow Instance = new();

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        return eventData.Context is { Model: { } model } ? new Comparisons(model).Visit(queryExpression) : queryExpression;
    }

    private sealed class Comparisons(IModel model) : ExpressionVisitor
    {
        protected override Expression VisitBinary(BinaryExpression node)
        {
            var visited = (BinaryExpression)base.VisitBinary(node);
            var (left, right) = (WithClock(visited.Left), WithClock(visited.Right));
            return (left == visited.Left && right == visited.Right) || visited.Type != typeof(bool)
                || !EntityTypeFinder.IsIn(visited, model, Annotations.IsDeclared) ? visited : visited.Update(left, visited.Conversion, right);
        }

        private static Expression WithClock(Expression time) =>
            time is UnaryExpression { NodeType: ExpressionType.Convert, Operand: { } operand } && Clock(operand) is { } asked
            ? Expression.Convert(Expression.Convert(asked, typeof(DateTimeOffset)), time.Type)
            : Clock(time) is { } now ? Expression.Convert(now, typeof(DateTimeOffset)) : time;

        /// <summary>The expression with <see cref="DateTime"/> as the clock; null where it is no time by the clock.</summary>
        private static Expression? Clock(Expression time) => time switch
        {
            MemberExpression { Expression: null,
                Member: { Name: nameof(DateTimeOffset.UtcNow) or nameof(DateTimeOffset.Now) } member } when member.DeclaringType == typeof(DateTimeOffset) =>
                Expression.Property(null, typeof(DateTime), member.Name),
            MethodCallExpression { Object: { } from, Method: { } method } call when Clock(from) is { } now
                && typeof(DateTime).GetMethod(method.Name, [.. method.GetParameters().Select(parameter => parameter.ParameterType)]) is { } same
                    && same.ReturnType == typeof(DateTime) =>
                Expression.Call(now, same, call.Arguments),
            _ => null,
        };
    }
}
