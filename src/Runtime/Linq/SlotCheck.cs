using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;
using Typed.Storage.Model;

namespace Typed.Linq;

/// <summary>
/// Refuses queries for the slots of an interval that has none, where another of its class has: the rows of both are one type, and EF would read in memory
/// what no table holds.
/// </summary>
internal sealed class SlotCheck : IQueryExpressionInterceptor
{
    public static readonly SlotCheck Instance = new();

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
    {
        var reads = new Reads();
        reads.Visit(queryExpression);
        return reads.Refused is { } interval
            ? throw new InvalidOperationException(
                $"The interval '{interval}' has buckets without slots: ask for {SeriesModel.Bucket}, or ask an interval with a resolution.")
            : queryExpression;
    }

    private sealed class Reads : ExpressionVisitor
    {
        private readonly HashSet<Type> _asked = [];
        private readonly HashSet<Type> _fine = [];
        private readonly Dictionary<Type, string> _coarse = [];

        /// <summary>The interval that has no slots. Where a query also has rows with slots, which of both are asked for is not known.</summary>
        public string? Refused => _coarse.FirstOrDefault(rows => _asked.Contains(rows.Key) && !_fine.Contains(rows.Key)).Value;

        protected override Expression VisitMember(MemberExpression node)
        {
            if (node is { Member.Name: SeriesModel.Slot, Expression: { } row })
            {
                _asked.Add(row.Type);
            }

            return base.VisitMember(node);
        }

        protected override Expression VisitExtension(Expression node)
        {
            if (node is not EntityQueryRootExpression { EntityType: { } entity })
            {
                return base.VisitExtension(node);
            }

            if (entity.FindProperty(SeriesModel.Slot) is not null)
            {
                _fine.Add(entity.ClrType);
            }
            else if (entity.FindAnnotation(Annotations.Interval)?.Value is string interval)
            {
                _coarse[entity.ClrType] = interval;
            }

            return node;
        }
    }
}
