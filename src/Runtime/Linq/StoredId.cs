using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace Typed.Linq;

/// <summary>
/// In a query: the id of an event as a <see cref="Guid"/>. The column has the id's own type, from which EF would make one of a <see cref="Guid"/> by a CAST, which
/// turns SQLite's bytes into a text.
/// </summary>
internal static class StoredId
{
    private static readonly MethodInfo s_guid = typeof(StoredId).GetMethod(nameof(AsGuid))!;
    private static readonly MethodInfo s_toString = typeof(Guid).GetMethod(nameof(Guid.ToString), Type.EmptyTypes)!;

    /// <summary>The id as a <see cref="Guid"/>.</summary>
    public static Guid AsGuid(EventId id) => id;

    /// <summary>Finds the conversions of ids, and their texts, which are those of a <see cref="Guid"/>.</summary>
    public sealed class Rewriter : ExpressionVisitor
    {
        protected override Expression VisitUnary(UnaryExpression node)
        {
            ArgumentNullException.ThrowIfNull(node);
            var visited = base.VisitUnary(node);
            return visited is UnaryExpression { NodeType: ExpressionType.Convert, Operand: { } id } && id.Type == typeof(EventId) && node.Type == typeof(Guid)
                ? Expression.Call(s_guid, id) : visited;
        }

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            ArgumentNullException.ThrowIfNull(node);
            var visited = base.VisitMethodCall(node);
            return visited is not MethodCallExpression { Object: { } id, Method.Name: { } name, Arguments.Count: 0 } || id.Type != typeof(EventId) ? visited
                : name switch
                {
                    nameof(EventId.ToGuid) => Expression.Call(s_guid, id),
                    nameof(ToString) => Expression.Call(Expression.Call(s_guid, id), s_toString),
                    _ => visited,
                };
        }
    }

    /// <summary>Translates <see cref="AsGuid"/>: the same column, read and compared as any UUID of the library.</summary>
#pragma warning disable CA1812 // EF Core makes it.
    internal sealed class Translators(IRelationalTypeMappingSource types, QueryEngine engine) : IMethodCallTranslatorPlugin, IMethodCallTranslator
#pragma warning restore CA1812
    {
        IEnumerable<IMethodCallTranslator> IMethodCallTranslatorPlugin.Translators => [this];

        public SqlExpression? Translate(
            SqlExpression? instance, MethodInfo method, IReadOnlyList<SqlExpression> arguments, IDiagnosticsLogger<DbLoggerCategory.Query> logger)
        {
            ArgumentNullException.ThrowIfNull(method);
            ArgumentNullException.ThrowIfNull(arguments);
            return method.DeclaringType == typeof(StoredId) && arguments[0] is ColumnExpression column
                ? new ColumnExpression(column.Name, column.TableAlias, column.Column, typeof(Guid), Mapping, column.IsNullable)
                : null;
        }

        private RelationalTypeMapping? Mapping => engine.GuidColumns is not { } converter ? types.FindMapping(typeof(Guid))
            : (RelationalTypeMapping?)types.FindMapping(converter.ProviderClrType)?.WithComposedConverter(converter);
    }
}
