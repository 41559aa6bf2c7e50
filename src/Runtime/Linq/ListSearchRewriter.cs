using System.Linq.Expressions;
using System.Reflection;

namespace Typed.Linq;

/// <summary>
/// Rewrites <c>list.Contains(value)</c> of a list in a row as <c>list.Where(item => item == value).Any()</c>, where the provider would search JSON for a text
/// that JSON does not hold, would not find a null, or would need one mapping for the list and the value. EF treats <c>Any(item => item == value)</c> and
/// <c>All(item => item != value)</c> as <c>Contains</c>, so they are rewritten too.
/// </summary>
/// <param name="searchOf">How lists of a type are searched.</param>
internal sealed class ListSearchRewriter(Func<Type, ListSearch> searchOf) : ExpressionVisitor
{
    private static readonly MethodInfo s_where =
        ((Func<IEnumerable<int>, Func<int, bool>, IEnumerable<int>>)Enumerable.Where).Method.GetGenericMethodDefinition();

    private static readonly MethodInfo s_any = ((Func<IEnumerable<int>, bool>)Enumerable.Any).Method.GetGenericMethodDefinition();
    private static readonly MethodInfo s_contains = ((Func<IEnumerable<int>, int, bool>)Enumerable.Contains).Method.GetGenericMethodDefinition();

    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var visited = (MethodCallExpression)base.VisitMethodCall(node);
        if ((visited.Object is null ? visited.Arguments : [visited.Object, .. visited.Arguments]) is not [{ } first, { } second]
            || WithoutSpan(first) is var list && (!IsOfRow(list) || ElementOf(list.Type) is null))
        {
            return visited;
        }

        var element = ElementOf(list.Type)!;
        return visited.Method.Name switch
        {
            nameof(Enumerable.Contains) => Search(list, element, second) ?? visited,
            nameof(Enumerable.Any) when Compared(second, ExpressionType.Equal) is { } value => Search(list, element, value) ?? visited,
            nameof(Enumerable.All) when Compared(second, ExpressionType.NotEqual) is { } value && Search(list, element, value) is { } found =>
                Expression.Not(found),
            _ => visited,
        };
    }

    private Expression? Search(Expression list, Type element, Expression value)
    {
        var sought = value.Type == element ? value : Expression.Convert(value, element);
        return searchOf(element) switch
        {
            ListSearch.ByValue => FindByValue(list, element, sought),
            ListSearch.ByTextOrNull when value is ConstantExpression { Value: null } => FindByValue(list, element, sought),
            ListSearch.ByTextOrNull when value is not ConstantExpression => Expression.Condition(
                Expression.Equal(sought, Expression.Constant(null, element)),
                FindByValue(list, element, Expression.Constant(null, element)),
                Expression.Call(s_contains.MakeGenericMethod(element), list, sought)),
            _ => null,
        };
    }

    private static MethodCallExpression FindByValue(Expression list, Type element, Expression value)
    {
        var item = Expression.Parameter(element, "item");
        var found = Expression.Call(s_where.MakeGenericMethod(element), list, Expression.Lambda(Expression.Equal(item, value), item));
        return Expression.Call(s_any.MakeGenericMethod(element), found);
    }

    /// <summary>The value that a condition compares the items with; null where the condition does anything else.</summary>
    private static Expression? Compared(Expression condition, ExpressionType comparison)
    {
        var lambda = condition is UnaryExpression { Operand: LambdaExpression quoted } ? quoted : condition;
        if (lambda is not LambdaExpression { Parameters: [var item], Body: BinaryExpression { Left: { } left, Right: { } right } body }
            || body.NodeType != comparison)
        {
            return null;
        }

        return WithoutConversion(left) == item && !ParameterFinder.IsIn(right, item) ? WithoutConversion(right)
            : WithoutConversion(right) == item && !ParameterFinder.IsIn(left, item) ? WithoutConversion(left)
            : null;
    }

    // Expression trees compare enums as integers, and values as nullable ones.
    private static Expression WithoutConversion(Expression node) =>
        node is UnaryExpression { NodeType: ExpressionType.Convert, Operand: { } operand } ? operand : node;

    /// <summary>The array that the compiler makes a span of.</summary>
    private static Expression WithoutSpan(Expression list) =>
        list is MethodCallExpression { Method: { Name: "op_Implicit", DeclaringType.IsGenericType: true }, Arguments: [{ } array] } ? array : list;

    private static bool IsOfRow(Expression? list) => list is MemberExpression { Expression: { } owner } && (owner is ParameterExpression || IsOfRow(owner));

    private static Type? ElementOf(Type type) => type == typeof(string) || type == typeof(byte[]) ? null
        : type.GetInterfaces().Prepend(type).FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            ?.GenericTypeArguments[0];
}
