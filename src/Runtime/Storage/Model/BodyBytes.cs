using System.Data;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace Typed.Storage.Model;

/// <summary>
/// In a query: the stored JSON of a body, as bytes. EF itself has no way to ask for the column of a complex type; a member of the body leads to it.
/// </summary>
internal static class BodyBytes
{
    public static readonly MethodInfo Method = typeof(BodyBytes).GetMethod(nameof(Around))!;

    /// <param name="member">Any member of the body.</param>
    public static byte[]? Around<TMember>(TMember member) => throw new InvalidOperationException($"{member} is asked for outside a query.");

    /// <summary>Makes SQL of it.</summary>
#pragma warning disable CA1812 // EF Core makes it.
    internal sealed class Translators : IMethodCallTranslatorPlugin, IMethodCallTranslator
#pragma warning restore CA1812
    {
        private readonly ByteArrayTypeMapping _bytes = new("text", DbType.Binary);

        IEnumerable<IMethodCallTranslator> IMethodCallTranslatorPlugin.Translators => [this];

        public SqlExpression? Translate(SqlExpression? instance, MethodInfo method, IReadOnlyList<SqlExpression> arguments, IDiagnosticsLogger<DbLoggerCategory.Query> logger)
        {
            if (!method.IsGenericMethod || method.GetGenericMethodDefinition() != Method)
            {
                return null;
            }

            var member = arguments[0];
            while (member is SqlUnaryExpression { Operand: { } operand })
            {
                member = operand;
            }

            return (member is JsonScalarExpression json ? json.Json : member) is ColumnExpression column
                ? new ColumnExpression(column.Name, column.TableAlias, column.Column, typeof(byte[]), _bytes, nullable: true)
                : null;
        }
    }
}
