using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;
using Typed.Schema;
using Typed.Storage.Model;

namespace Typed.Linq;

/// <summary>
/// Refuses queries for the slots of an interval without slots. Where another interval of the class has slots, both share one row type, and EF would evaluate in
/// memory a column that the table lacks.
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
                $"The interval '{interval}' has buckets without slots: ask for {SeriesColumns.Bucket}, or ask an interval with a resolution.")
            : queryExpression;
    }

    private sealed class Reads : ExpressionVisitor
    {
        private readonly HashSet<Type> _asked = [];
        private readonly HashSet<Type> _fine = [];
        private readonly Dictionary<Type, string> _coarse = [];

        /// <summary>
        /// The interval without slots whose slots a query asks for; null where the query also has rows with slots, which may be the ones meant.
        /// </summary>
        public string? Refused => _coarse.FirstOrDefault(rows => _asked.Contains(rows.Key) && !_fine.Contains(rows.Key)).Value;

        protected override Expression VisitMember(MemberExpression node)
        {
            if (node is { Member.Name: SeriesColumns.Slot, Expression: { } row })
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

            if (entity.FindProperty(SeriesColumns.Slot) is not null)
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
