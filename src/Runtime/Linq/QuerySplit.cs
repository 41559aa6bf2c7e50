using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Typed.Linq;

/// <summary>
/// Splits a query into rows and the projection of each row: <c>events.Select(e => new { e.Id, e.Body }).OrderBy(x => x.Id).Take(5)</c> is
/// <c>events.OrderBy(e => e.Id).Take(5)</c> and <c>e => new { e.Id, e.Body }</c>.
/// </summary>
internal static class QuerySplit
{
    public static (Expression Rows, LambdaExpression Selector) Split(Expression query, IModel model)
    {
        if (query is MethodCallExpression { Method.IsGenericMethod: true } call && call.Arguments.Count > 0)
        {
            if (call.Method.DeclaringType == typeof(Queryable))
            {
                return call.Method.Name switch
                {
                    nameof(Queryable.Select) when Lambda(call, 1) is { Parameters.Count: 1 } selector => Compose(call, selector, model),
                    nameof(Queryable.Join) or nameof(Queryable.LeftJoin) or nameof(Queryable.RightJoin) when call.Arguments.Count == 5 => Pairs(call),
                    nameof(Queryable.SelectMany) when Lambda(call, 1) is { Parameters.Count: 1 } list =>
                        Elements(call, list, model) ?? (call.Arguments.Count == 3 ? Pairs(call) : Whole(query)),
                    nameof(Queryable.Where) or nameof(Queryable.OrderBy) or nameof(Queryable.OrderByDescending)
                        or nameof(Queryable.ThenBy) or nameof(Queryable.ThenByDescending)
                        when call.Arguments.Count == 2 && Lambda(call, 1) is { Parameters.Count: 1 } => Below(call, model),
                    nameof(Queryable.Skip) or nameof(Queryable.Take) or nameof(Queryable.Reverse) => Below(call, model),
                    _ => Whole(query),
                };
            }

            // Calls that say how to run the query, and change nothing about its rows.
            if (call.Method.DeclaringType == typeof(EntityFrameworkQueryableExtensions)
                && QueryableCalls.ElementOf(call.Type) == QueryableCalls.ElementOf(call.Arguments[0].Type))
            {
                return call.Method.Name is nameof(EntityFrameworkQueryableExtensions.Include) ? Whole(query) : Below(call, model);
            }
        }

        return Whole(query);
    }

    private static (Expression Rows, LambdaExpression Selector) Whole(Expression query)
    {
        var row = Expression.Parameter(QueryableCalls.ElementOf(query.Type)!, "row");
        return (query, Expression.Lambda(row, row));
    }

    private static (Expression Rows, LambdaExpression Selector) Compose(MethodCallExpression select, LambdaExpression selector, IModel model)
    {
        var (rows, below) = Split(select.Arguments[0], model);
        return (rows, Expression.Lambda(ParameterReplacer.Replace(selector, below.Body), below.Parameters));
    }

    /// <summary>The call on the rows below the selector.</summary>
    private static (Expression Rows, LambdaExpression Selector) Below(MethodCallExpression call, IModel model)
    {
        var (rows, selector) = Split(call.Arguments[0], model);
        if (rows == call.Arguments[0])
        {
            return Whole(call);
        }

        var row = selector.Parameters[0].Type;
        var types = call.Method.GetGenericArguments();
        types[0] = row;
        var arguments = call.Arguments.Skip(1).Select(argument => argument is UnaryExpression { Operand: LambdaExpression lambda }
            ? Expression.Quote(Expression.Lambda(ParameterReplacer.Replace(lambda, selector.Body), selector.Parameters))
            : argument);
        return (Expression.Call(call.Method.GetGenericMethodDefinition().MakeGenericMethod(types), [rows, .. arguments]), selector);
    }

    /// <summary>Splits a join into pairs of rows and the projection of each pair.</summary>
    private static (Expression Rows, LambdaExpression Selector) Pairs(MethodCallExpression join)
    {
        var result = Lambda(join, join.Arguments.Count - 1)!;
        var (left, right) = (result.Parameters[0], result.Parameters[1]);
        var pairType = typeof(Pair<,>).MakeGenericType(left.Type, right.Type);
        var (leftMember, rightMember) = (pairType.GetProperty(nameof(Pair<,>.Left))!, pairType.GetProperty(nameof(Pair<,>.Right))!);
        var make = Expression.Lambda(Expression.New(pairType.GetConstructors()[0], [left, right], leftMember, rightMember), left, right);
        var types = join.Method.GetGenericArguments();
        types[^1] = pairType;
        var rows = Expression.Call(join.Method.GetGenericMethodDefinition().MakeGenericMethod(types), [.. join.Arguments.SkipLast(1), Expression.Quote(make)]);
        var pair = Expression.Parameter(pairType, "pair");
        var body = ParameterReplacer.Replace(Expression.Lambda(ParameterReplacer.Replace(result.Body, right, Expression.Property(pair, rightMember)), left),
            Expression.Property(pair, leftMember));
        return (rows, Expression.Lambda(body, pair));
    }

    /// <summary>Splits the objects of a list in a body from the rows that they are in; null where the list is another.</summary>
    private static (Expression Rows, LambdaExpression Selector)? Elements(MethodCallExpression join, LambdaExpression collection, IModel model)
    {
        var (below, row) = Split(join.Arguments[0], model);
        var (list, source) = (ParameterReplacer.Replace(collection, row.Body), row.Parameters[0]);
        var item = Expression.Parameter(join.Method.GetGenericArguments()[1], "item");

        // Conditions of the list become conditions of the pairs, which need no lateral join.
        var conditions = new List<LambdaExpression>();
        for (; list is MethodCallExpression { Method: { Name: nameof(Enumerable.Where) } where, Arguments: [{ } inner, LambdaExpression condition] }
            && where.DeclaringType == typeof(Enumerable) && condition.Parameters.Count == 1; list = inner)
        {
            conditions.Add(condition);
        }

        var known = list is MethodCallExpression { Method.Name: nameof(Enumerable.DefaultIfEmpty), Arguments: [{ } some] } ? some : list;
        if (ListElement.New(model, source, known is UnaryExpression { Operand: { } plain } ? plain : known, item) is not { } make)
        {
            return null;
        }

        Expression rows = Expression.Call(
            typeof(Queryable), nameof(Queryable.SelectMany), [source.Type, item.Type, make.Type], below,
            Expression.Quote(Expression.Lambda(typeof(Func<,>).MakeGenericType(source.Type, typeof(IEnumerable<>).MakeGenericType(item.Type)), list, source)),
            Expression.Quote(Expression.Lambda(make, source, item)));
        var element = Expression.Parameter(make.Type, "element");
        var (found, owner) = (Expression.Property(element, nameof(ListElement<,,>.Item)), Expression.Property(element, nameof(ListElement<,,>.Row)));
        foreach (var condition in conditions)
        {
            var ofPair = ParameterReplacer.Replace(ParameterReplacer.Replace(condition, found), source, owner);
            rows = QueryableCalls.Where(rows, Expression.Quote(Expression.Lambda(ofPair, element)));
        }

        if (join.Arguments.Count == 2)
        {
            return (rows, Expression.Lambda(found, element));
        }

        var result = Lambda(join, 2)!;
        var body = ParameterReplacer.Replace(ParameterReplacer.Replace(result.Body, result.Parameters[1], found), result.Parameters[0],
            ParameterReplacer.Replace(row, owner));
        return (rows, Expression.Lambda(body, element));
    }

    private static LambdaExpression? Lambda(MethodCallExpression call, int argument) =>
        (call.Arguments[argument] as UnaryExpression)?.Operand as LambdaExpression;

    /// <summary>Two rows that belong together.</summary>
    private sealed class Pair<TLeft, TRight>(TLeft left, TRight right)
    {
        public TLeft Left { get; } = left;

        public TRight Right { get; } = right;
    }
}
