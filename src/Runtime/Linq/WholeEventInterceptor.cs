using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;
using Typed.Storage.Model;

namespace Typed.Linq;

/// <summary>
/// Whole events, bodies and objects in what a query returns are read by the library, not by EF, which would set the members that it knows one by one: a
/// member that the JSON lacks would lose the value that its class gives it, what is required would not be, and dictionaries could not be read at all.
/// Conditions, orders and single values stay in the database.
/// </summary>
internal sealed class WholeEventInterceptor : IQueryExpressionInterceptor
{
    public static readonly WholeEventInterceptor Instance = new();

    private static readonly HashSet<string> s_single = new(StringComparer.Ordinal)
    {
        nameof(Queryable.First), nameof(Queryable.FirstOrDefault), nameof(Queryable.Single), nameof(Queryable.SingleOrDefault), nameof(Queryable.Last),
            nameof(Queryable.LastOrDefault),
        nameof(Queryable.ElementAt), nameof(Queryable.ElementAtOrDefault),
    };

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
    {
        ArgumentNullException.ThrowIfNull(queryExpression);
        ArgumentNullException.ThrowIfNull(eventData);
        if (eventData.Context is not { Model: { } model } context || !EntityTypeFinder.IsIn(queryExpression, model, Annotations.IsDeclared))
        {
            return queryExpression;
        }

        RefuseUpdate(queryExpression);
        var engine = TypedOptionsExtension.GetFor(context).Engine;
        var known = new TimeRewriter(model, engine.AddsTimes).Visit(new StoredId.Rewriter().Visit(queryExpression));
        known = new DictionaryRewriter(model).Visit(known);
        known = new ListSearchRewriter(engine.SearchOf).Visit(known);
        known = Rewrite(new RightJoinRewriter().Visit(known), model);
        return new UnmappedMembers(model).Visit(known);
    }

    /// <summary>Refuses updates of bodies: EF would write values in the form in which it compares them, which readers of the JSON do not know.</summary>
    private static void RefuseUpdate(Expression query)
    {
        if (query is not MethodCallExpression { Method.Name: nameof(EntityFrameworkQueryableExtensions.ExecuteUpdate),
            Arguments: [_, NewArrayExpression { Expressions: { } setters }] })
        {
            return;
        }

        foreach (var setter in setters.OfType<NewExpression>())
        {
            var member = setter.Arguments[0] is UnaryExpression { Operand: LambdaExpression quoted } ? quoted.Body
                : (setter.Arguments[0] as LambdaExpression)?.Body;
            for (; member is not null; member = (member as MemberExpression)?.Expression)
            {
                if (EventReader.IsEvent(member.Type, out var body))
                {
                    throw new InvalidOperationException($"Events of {body.Name} cannot be updated: a stream is append-only. Delete them, and put others.");
                }
            }
        }
    }

    /// <summary>The query, or subquery, with its whole events read by the library.</summary>
    public static Expression Rewrite(Expression query, IModel model)
    {
        if (query is not MethodCallExpression call || call.Method.DeclaringType != typeof(Queryable) || !s_single.Contains(call.Method.Name))
        {
            return Return(query, model) ?? query;
        }

        // The condition of the last call is for the database, so it goes before the projection.
        var condition = call.Arguments.Count == 2 && call.Arguments[1] is UnaryExpression { Operand: LambdaExpression };
        var source = condition ? QueryableCalls.Where(call.Arguments[0], call.Arguments[1]) : call.Arguments[0];
        if (Return(source, model) is not { } made)
        {
            return query;
        }

        var method = condition ? QueryableCalls.WithoutCondition(call.Method) : call.Method;
        return Expression.Call(method, condition ? [made] : [made, .. call.Arguments.Skip(1)]);
    }

    /// <summary>The sequence with its objects read by the library; null where it returns no such objects.</summary>
    private static Expression? Return(Expression source, IModel model)
    {
        if (QueryableCalls.ElementOf(source.Type) is null)
        {
            return null;
        }

        var (from, selector) = QuerySplit.Split(source, model);
        var made = new ReadWholeEvents(model).Visit(selector.Body);
        return made == selector.Body || SetOperations.AreIn(from) ? null : QueryableCalls.Select(from, Expression.Lambda(made, selector.Parameters));
    }

    /// <summary>Finds set operations, after which EF can ask the database for whole bodies, but not for members.</summary>
    private sealed class SetOperations : ExpressionVisitor
    {
        private bool _found;

        public static bool AreIn(Expression query)
        {
            var visitor = new SetOperations();
            visitor.Visit(query);
            return visitor._found;
        }

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            _found |= node.Method.DeclaringType == typeof(Queryable)
                && node.Method.Name is nameof(Queryable.Union) or nameof(Queryable.Concat) or nameof(Queryable.Except) or nameof(Queryable.Intersect);
            return base.VisitMethodCall(node);
        }
    }
}
