using System.Linq.Expressions;
using System.Reflection;

namespace Typed.Linq;

/// <summary>Calls of <see cref="Queryable"/> in expression trees.</summary>
internal static class QueryableCalls
{
    private static readonly MethodInfo s_where = Generic(query => query.Where(item => true));
    private static readonly MethodInfo s_select = Generic(query => query.Select(item => item));

    /// <summary>The type of a query's elements; null where the type is not that of a query.</summary>
    public static Type? ElementOf(Type type) =>
        type.GetInterfaces().Prepend(type).FirstOrDefault(face => face.IsGenericType
            && face.GetGenericTypeDefinition() == typeof(IQueryable<>))?.GenericTypeArguments[0];

    public static Expression Where(Expression source, Expression condition) =>
        Expression.Call(s_where.MakeGenericMethod(ElementOf(source.Type)!), source, condition);

    public static Expression Select(Expression source, LambdaExpression selector) =>
        Expression.Call(s_select.MakeGenericMethod(selector.Parameters[0].Type, selector.ReturnType), source, Expression.Quote(selector));

    /// <summary><c>First(condition)</c> → <c>First()</c>.</summary>
    public static MethodInfo WithoutCondition(MethodInfo method) =>
        typeof(Queryable).GetMethods().Single(other => string.Equals(other.Name, method.Name, StringComparison.Ordinal)
            && other.GetParameters().Length == 1).MakeGenericMethod(method.GetGenericArguments());

    private static MethodInfo Generic(Expression<Func<IQueryable<int>, IQueryable<int>>> call) =>
        ((MethodCallExpression)call.Body).Method.GetGenericMethodDefinition();
}
