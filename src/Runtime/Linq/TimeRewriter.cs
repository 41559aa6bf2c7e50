using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Metadata;
using Typed.Storage.Model;

namespace Typed.Linq;

/// <summary>
/// Rewrites sums and differences of times as calls where the database has no operator for them, since times are texts and numbers there. EF says that it does
/// not translate such calls, or runs them in memory where a query returns them; operators it would apply to the texts. Parts of
/// <see cref="DateTimeOffset.UtcDateTime"/> become parts of the instant, which a database gives in UTC.
/// </summary>
internal sealed class TimeRewriter(IModel model, bool addsTimes) : ExpressionVisitor
{
    private static readonly HashSet<string> s_parts = new(StringComparer.Ordinal)
    {
        nameof(DateTimeOffset.Year), nameof(DateTimeOffset.Month), nameof(DateTimeOffset.Day),
        nameof(DateTimeOffset.Hour), nameof(DateTimeOffset.Minute), nameof(DateTimeOffset.Second),
        nameof(DateTimeOffset.DayOfYear), nameof(DateTimeOffset.DayOfWeek), nameof(DateTimeOffset.Date),
    };

    protected override Expression VisitBinary(BinaryExpression node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var visited = (BinaryExpression)base.VisitBinary(node);
        return visited.Method is not { IsSpecialName: true } || !IsUnknown(visited) || IsOfApplication(visited) ? visited
            : visited.IsLifted ? Lifted(visited)
            : Expression.Call(visited.Method, visited.Left, visited.Right);
    }

    protected override Expression VisitMember(MemberExpression node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var visited = base.VisitMember(node);
        return visited is MemberExpression { Member.Name: { } part,
            Expression: MemberExpression { Member.Name: nameof(DateTimeOffset.UtcDateTime), Expression: { } instant } }
            && s_parts.Contains(part) && instant.Type == typeof(DateTimeOffset) && !IsOfApplication(instant)
            ? Expression.Property(instant, part)
            : visited;
    }

    private bool IsUnknown(BinaryExpression node)
    {
        var (left, right) = (Plain(node.Left), Plain(node.Right));
        return node.NodeType switch
        {
            ExpressionType.Add or ExpressionType.Subtract => !addsTimes && IsTime(left) && (IsTime(right) || right == typeof(TimeSpan)),
            ExpressionType.Multiply or ExpressionType.Divide => left == typeof(TimeSpan) || right == typeof(TimeSpan),
            _ => false,
        };
    }

    /// <summary>Whether an application's own entities take part, whose columns are EF's affair.</summary>
    private bool IsOfApplication(Expression node) => EntityTypeFinder.IsIn(node, model, type => !Annotations.IsDeclared(type));

    private static bool IsTime(Type type) => type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(TimeOnly);

    private static Type Plain(Expression node) => Nullable.GetUnderlyingType(node.Type) ?? node.Type;

    private static ConditionalExpression Lifted(BinaryExpression node) => Expression.Condition(
        Expression.AndAlso(HasValue(node.Left), HasValue(node.Right)),
        Expression.Convert(Expression.Call(node.Method!, Expression.Convert(node.Left, Plain(node.Left)), Expression.Convert(node.Right, Plain(node.Right))),
            node.Type),
        Expression.Constant(null, node.Type));

    private static BinaryExpression HasValue(Expression node) => Expression.NotEqual(node, Expression.Constant(null, node.Type));
}
