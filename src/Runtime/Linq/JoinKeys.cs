using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Typed.Storage.Model;

namespace Typed.Linq;

/// <summary>
/// Composite keys of joins: EF leaves out a part that it cannot translate, and joins by the others. Each part is marked before the translation, and the marks
/// that are left after it are counted.
/// </summary>
internal static class JoinKeys
{
    private const string Name = "typed_join_key";

    private static readonly MethodInfo s_mark = typeof(JoinKeys).GetMethod(nameof(Mark))!;

    /// <summary>In a query: one part of a key.</summary>
    /// <param name="part">The part.</param>
    /// <param name="index">Its place among the parts of both keys.</param>
    /// <param name="count">How many parts both keys have.</param>
    /// <param name="keys">The keys as text, after the number of the join.</param>
    public static T Mark<T>(T part, int index, int count, string keys) =>
        throw new InvalidOperationException($"Part {index} of {count} of {keys} is asked for outside a query: {part}.");

    /// <summary>Marks the parts of every composite key, in queries of declared types.</summary>
    public sealed class Interceptor : IQueryExpressionInterceptor
    {
        public static readonly Interceptor Instance = new();

        public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
        {
            ArgumentNullException.ThrowIfNull(eventData);
            return eventData.Context is { Model: { } model } && EntityTypeFinder.IsIn(queryExpression, model, Annotations.IsDeclared)
                ? new Marker().Visit(queryExpression) : queryExpression;
        }
    }

    private sealed class Marker : ExpressionVisitor
    {
        private int _joins;

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            ArgumentNullException.ThrowIfNull(node);
            var visited = (MethodCallExpression)base.VisitMethodCall(node);
            if (visited.Method.DeclaringType != typeof(Queryable) || visited.Arguments.Count != 5
                || visited.Method.Name is not
                    (nameof(Queryable.Join) or nameof(Queryable.LeftJoin) or nameof(Queryable.RightJoin) or nameof(Queryable.GroupJoin))
                || KeyOf(visited.Arguments[2]) is not { Body: NewExpression left } outer
                || KeyOf(visited.Arguments[3]) is not { Body: NewExpression right } inner)
            {
                return visited;
            }

            Expression[] parts = [.. Leaves(left).Where(part => IsMarked(part, outer)), .. Leaves(right).Where(part => IsMarked(part, inner))];
            var keys = $"{++_joins}: {left} equals {right}";
            return visited.Update(visited.Object,
                [visited.Arguments[0], visited.Arguments[1], Marked(outer, left), Marked(inner, right), visited.Arguments[4]]);

            UnaryExpression Marked(LambdaExpression key, NewExpression made) => Expression.Quote(Expression.Lambda(MarkParts(made), key.Parameters));

            Expression MarkParts(NewExpression made) => made.Update(made.Arguments.Select(part =>
                part is NewExpression { Members: not null } nested ? MarkParts(nested)
                : Array.IndexOf(parts, part) is >= 0 and var index
                    ? Expression.Call(s_mark.MakeGenericMethod(part.Type), part, Expression.Constant(index), Expression.Constant(parts.Length),
                        Expression.Constant(keys))
                    : part));
        }

        /// <summary>The parts of a key, and those of the keys inside it, which EF leaves out too.</summary>
        private static IEnumerable<Expression> Leaves(NewExpression key) =>
            key.Arguments.SelectMany(part => part is NewExpression { Members: not null } nested ? Leaves(nested) : [part]);

        private static LambdaExpression? KeyOf(Expression argument) => (argument as UnaryExpression)?.Operand as LambdaExpression;

        // EF puts a part that depends on no row into a parameter, and takes an entity apart into its own key.
        private static bool IsMarked(Expression part, LambdaExpression key) =>
            (part.Type.IsValueType || part.Type == typeof(string) || part.Type == typeof(byte[])) && ParameterFinder.IsIn(part, key.Parameters[0]);
    }

    /// <summary>Takes the marks out of a translated query.</summary>
    public sealed class Check : ExpressionVisitor
    {
        private readonly Dictionary<string, HashSet<int>> _found = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

        /// <exception cref="InvalidOperationException">A part of a key was not translated.</exception>
        public static Expression Unmark(Expression query)
        {
            var check = new Check();
            var unmarked = check.Visit(query);
            foreach (var (keys, count) in check._counts)
            {
                if (check._found[keys].Count < count)
                {
                    throw new InvalidOperationException(CoreStrings.TranslationFailedWithDetails(
                        keys[(keys.IndexOf(':', StringComparison.Ordinal) + 2)..],
                            "A part of this join key has no translation, and EF Core would join by the other parts alone."));
                }
            }

            return unmarked;
        }

        protected override Expression VisitExtension(Expression node)
        {
            if (node is ShapedQueryExpression query)
            {
                return query.UpdateQueryExpression(Visit(query.QueryExpression)).UpdateShaperExpression(Visit(query.ShaperExpression));
            }

            if (node is not SqlFunctionExpression { Name: Name,
                Arguments: [{ } part, SqlConstantExpression { Value: int index }, SqlConstantExpression { Value: int count },
                SqlConstantExpression { Value: string keys }] })
            {
                return base.VisitExtension(node);
            }

            _counts[keys] = count;
            if (!_found.TryGetValue(keys, out var indexes))
            {
                _found[keys] = indexes = [];
            }

            indexes.Add(index);
            return Visit(part);
        }
    }

    /// <summary>Translates the marks to SQL, so that they survive the translation.</summary>
#pragma warning disable CA1812 // EF Core makes it.
    public sealed class Translators(ISqlExpressionFactory expressions) : IMethodCallTranslatorPlugin, IMethodCallTranslator
#pragma warning restore CA1812
    {
        IEnumerable<IMethodCallTranslator> IMethodCallTranslatorPlugin.Translators => [this];

        public SqlExpression? Translate(
            SqlExpression? instance, MethodInfo method, IReadOnlyList<SqlExpression> arguments, IDiagnosticsLogger<DbLoggerCategory.Query> logger)
        {
            ArgumentNullException.ThrowIfNull(method);
            ArgumentNullException.ThrowIfNull(arguments);
            if (method.DeclaringType != typeof(JoinKeys))
            {
                return null;
            }

            // A cast has no mapping of its own before it is compared.
            var part = expressions.ApplyDefaultTypeMapping(arguments[0]);
            return new SqlFunctionExpression(Name, [part, .. arguments.Skip(1).Select(WithMapping)], nullable: true, [true, false, false, false], part.Type,
                part.TypeMapping);
        }

        private static SqlExpression WithMapping(SqlExpression argument) => argument is SqlConstantExpression { TypeMapping: null, Value: { } value } constant
            ? new SqlConstantExpression(value, constant.Type, value is int ? IntTypeMapping.Default : new StringTypeMapping("text", dbType: null))
            : argument;
    }
}
