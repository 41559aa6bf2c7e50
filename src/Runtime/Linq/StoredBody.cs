using System.Data;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace Typed.Linq;

/// <summary>In a query: the stored JSON of a body. EF itself has no way to ask for the column of a complex type; a member of the body leads to it.</summary>
internal static class StoredBody
{
    public const char PathSeparator = '\u001F';

    public static readonly MethodInfo BytesMethod = typeof(StoredBody).GetMethod(nameof(Bytes))!;
    public static readonly MethodInfo ElementMethod = typeof(StoredBody).GetMethod(nameof(Element))!;
    public static readonly MethodInfo EntryMethod = typeof(StoredBody).GetMethod(nameof(Entry))!;

    /// <summary>The whole JSON of the body, as bytes.</summary>
    /// <param name="member">Any member of the body.</param>
    public static byte[]? Bytes<TMember>(TMember member) => throw new InvalidOperationException($"{member} is asked for outside a query.");

    /// <summary>The whole JSON of an object in a list, as bytes.</summary>
    /// <param name="member">Any member of the object.</param>
    public static byte[]? Element<TMember>(TMember member) => throw new InvalidOperationException($"{member} is asked for outside a query.");

    /// <summary>The column of a translated <see cref="Element"/>, when members are read from the objects; null for other functions.</summary>
    /// <exception cref="InvalidOperationException">A subquery hands on members of the object, but not the object.</exception>
    public static ColumnExpression? FindElement(SqlFunctionExpression function, DeclaredTables tables)
    {
        var member = function is { Name: nameof(Element), Arguments: [{ } argument] } ? argument : null;
        while (member is JsonScalarExpression { Json: { } json })
        {
            member = json;
        }

        return member is null ? null
            : member is ColumnExpression column && tables.IsOfList(column)
                ? new ColumnExpression(column.Name, column.TableAlias, function.Type, function.TypeMapping, nullable: true)
            : throw new InvalidOperationException(
                "A query cannot go on with whole objects of a list after Take, Skip or Distinct: let Where and OrderBy come before them, "
                + "select the members that you need, or go on in memory.");
    }

    /// <summary>A value in a dictionary.</summary>
    /// <param name="member">Any member of the body.</param>
    /// <param name="path">The names of the dictionary and of the objects around it.</param>
    /// <param name="key">The key.</param>
    public static TValue Entry<TMember, TValue>(TMember member, string path, string key) =>
        throw new InvalidOperationException($"{path} of {member} is asked for {key} outside a query.");

    /// <summary>Translates the methods of <see cref="StoredBody"/>.</summary>
#pragma warning disable CA1812 // EF Core makes it.
    internal sealed class Translators(IRelationalTypeMappingSource types, QueryEngine engine) : IMethodCallTranslatorPlugin, IMethodCallTranslator
#pragma warning restore CA1812
    {
        private readonly ByteArrayTypeMapping _bytes = new("text", DbType.Binary);

        IEnumerable<IMethodCallTranslator> IMethodCallTranslatorPlugin.Translators => [this];

        public SqlExpression? Translate(
            SqlExpression? instance, MethodInfo method, IReadOnlyList<SqlExpression> arguments, IDiagnosticsLogger<DbLoggerCategory.Query> logger)
        {
            ArgumentNullException.ThrowIfNull(method);
            ArgumentNullException.ThrowIfNull(arguments);
            if (method.DeclaringType != typeof(StoredBody))
            {
                return null;
            }

            if (method.Name == nameof(Element))
            {
                return SqlNodes.Call(nameof(Element), typeof(byte[]), _bytes, arguments[0]);
            }

            var member = arguments[0];
            while (member is SqlUnaryExpression { Operand: { } operand })
            {
                member = operand;
            }

            return (member is JsonScalarExpression json ? json.Json : member) is not ColumnExpression column ? null
                : method.Name == nameof(Bytes) ? new ColumnExpression(column.Name, column.TableAlias, column.Column, typeof(byte[]), _bytes, nullable: true)
                : arguments[1] is SqlConstantExpression { Value: string path } ? FindEntry(column, path, arguments[2], method.ReturnType)
                : null;
        }

        private JsonScalarExpression? FindEntry(ColumnExpression column, string path, SqlExpression key, Type type) => MappingOf(type) is not { } mapping ? null
            : new(column, [.. path.Split(PathSeparator).Select(name => new PathSegment(name)), Segment(key)], Nullable.GetUnderlyingType(type)
                ?? type, mapping, nullable: true);

        private PathSegment Segment(SqlExpression key) => key is SqlConstantExpression { Value: string name } ? new(name)
            : new(key is SqlParameterExpression { TypeMapping: null } parameter ? parameter.ApplyTypeMapping(engine.Forms.Text) : key);

        private RelationalTypeMapping? MappingOf(Type type) => engine.Converters.FindValue(type) is not { } converter ? types.FindMapping(type)
            : (RelationalTypeMapping?)types.FindMapping(converter.ProviderClrType)?.WithComposedConverter(converter);
    }
}
