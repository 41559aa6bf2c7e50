using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace Typed.Postgres.Linq;

/// <summary>
/// Translates the UTC time of an instant. Npgsql takes it for the instant itself, with its converter: a <see cref="DateTime"/> would go through the converter
/// of a <see cref="DateTimeOffset"/>.
/// </summary>
#pragma warning disable CA1812 // EF Core makes it.
internal sealed class PostgresInstantMembers(ISqlExpressionFactory sql, IRelationalTypeMappingSource types) : IMemberTranslatorPlugin, IMemberTranslator
#pragma warning restore CA1812
{
    private const string Instants = "timestamp with time zone";

    IEnumerable<IMemberTranslator> IMemberTranslatorPlugin.Translators => [this];

    public SqlExpression? Translate(SqlExpression? instance, MemberInfo member, Type returnType, IDiagnosticsLogger<DbLoggerCategory.Query> logger) =>
        instance?.TypeMapping is { Converter: not null, StoreType: Instants } && member.DeclaringType == typeof(DateTimeOffset)
            && member.Name is nameof(DateTimeOffset.UtcDateTime)
            ? sql.Convert(instance, returnType, types.FindMapping(returnType, Instants))
            : null;
}
