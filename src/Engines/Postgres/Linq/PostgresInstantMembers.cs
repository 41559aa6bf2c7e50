using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Typed.Postgres.Linq;

/// <summary>
/// Translates the UTC time of an instant, and its date. Npgsql takes the one for the instant itself, with its converter: a <see cref="DateTime"/> would go
/// through the converter of a <see cref="DateTimeOffset"/>. And it compares either only with times of one kind, where C# asks for none.
/// </summary>
#pragma warning disable CA1812 // EF Core makes it.
internal sealed class PostgresInstantMembers(ISqlExpressionFactory sql, IRelationalTypeMappingSource types) : IMemberTranslatorPlugin, IMemberTranslator
#pragma warning restore CA1812
{
    private const string Instants = "timestamp with time zone";
    private const string Dates = "timestamp without time zone";

    private static readonly ValueConverter s_utc = new ValueConverter<DateTime, DateTime>(value => PostgresConversions.ToUtc(value), stored => stored);

    private static readonly ValueConverter s_date =
        new ValueConverter<DateTime, DateTime>(value => DateTime.SpecifyKind(value, DateTimeKind.Unspecified), stored => stored);

    IEnumerable<IMemberTranslator> IMemberTranslatorPlugin.Translators => [this];

    public SqlExpression? Translate(SqlExpression? instance, MemberInfo member, Type returnType, IDiagnosticsLogger<DbLoggerCategory.Query> logger) =>
        instance?.TypeMapping is not { Converter: not null, StoreType: Instants } || member.DeclaringType != typeof(DateTimeOffset) ? null
        : member.Name switch
        {
            nameof(DateTimeOffset.UtcDateTime) => sql.Convert(instance, returnType, Find(returnType, Instants, s_utc)),
            nameof(DateTimeOffset.Date) => Call("date_trunc", "day", Call("timezone", "UTC", instance, returnType), returnType),
            _ => null,
        };

    private SqlExpression Call(string function, string argument, SqlExpression time, Type type) =>
        sql.Function(function, [sql.Constant(argument), time], nullable: true, [false, true], type, Find(type, Dates, s_date));

    private RelationalTypeMapping Find(Type type, string store, ValueConverter converter) =>
        (RelationalTypeMapping)types.FindMapping(type, store)!.WithComposedConverter(converter);
}
