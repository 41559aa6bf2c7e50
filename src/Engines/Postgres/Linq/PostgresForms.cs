using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Typed.Linq;
using Typed.Storage.Model;

namespace Typed.Postgres.Linq;

/// <summary>
/// Forms of values on PostgreSQL, where Npgsql's own SQL asks for something else than what stands in a body:
/// <list type="bullet">
/// <item>A list or an object that is null is <c>'null'::jsonb</c> there, which is a value: its elements cannot be counted, and it is not null. Here it is
/// NULL.</item>
/// <item>Durations are texts such as <c>1.06:00:00</c>, which PostgreSQL reads as 1.06 days, and enums are their names. Here they are intervals and
/// numbers.</item>
/// <item>The text of a <c>json</c> column is asked by the operators and functions of <c>jsonb</c>, of which there are more.</item>
/// </list>
/// </summary>
internal sealed class PostgresForms() : ValueForms(new StringTypeMapping("text", dbType: null), "strpos", "ascii")
{
    private const string OfJson = "json_";

    public override bool IsDuration(RelationalTypeMapping? mapping) => PostgresBodyConverters.IsDuration(mapping);

    public override SqlExpression IsNumber(SqlExpression text) =>
        SqlNodes.Call("textregexeq", typeof(bool), BoolTypeMapping.Default, text, new SqlConstantExpression("^-?[0-9]+$", Text));

    public override RelationalTypeMapping? MappingOf(RelationalTypeMapping? mapping) =>
        mapping is { StoreType: "json" } ? mapping.WithStoreTypeAndSize("jsonb", size: null) : mapping;

    public override SqlExpression Json(SqlExpression json) =>
        json is ColumnExpression { TypeMapping.StoreType: "json" } ? SqlNodes.Cast(json, json.Type, MappingOf(json.TypeMapping)) : json;

    protected override SqlExpression ReadValue(SqlExpression json)
    {
        var mapping = json.TypeMapping;
        if (IsDuration(mapping))
        {
            var text = new SqlFunctionExpression(
                "regexp_replace", [ReadText(json), new SqlConstantExpression(@"^(-?)(\d+)\.(\d\d:)", Text), new SqlConstantExpression(@"\1\2 \1\3", Text)],
                    nullable: true, [true, false, false], typeof(string), Text);
            return SqlNodes.Cast(text, json.Type, mapping);
        }

        return mapping is { StoreType: "json" or "jsonb" } && json is JsonScalarExpression member
            ? new SqlFunctionExpression("NULLIF", [json, new SqlConstantExpression("null", Text)], member.IsNullable, [false, false], json.Type, mapping)
            : json;
    }

    public override SqlExpression NumberText(SqlExpression value, SqlExpression number)
    {
        var text = SqlNodes.Cast(number, typeof(string), Text);
        return number.PlainType() == typeof(decimal) ? text : SqlNodes.Call("upper", text);
    }

    // Npgsql writes -1.06:00:00 as '-1 06:00:00', which is 18 hours before. And 0.1 is a double precision, which 0.1f is not. EF
    // writes a decimal without the zeros at its end.
    public override SqlExpression Constant(SqlConstantExpression constant)
    {
        var mapping = constant.TypeMapping;
        if (constant is { Value: decimal number, TypeMapping.Converter: null })
        {
            return SqlNodes.Cast(new SqlConstantExpression(number.ToString(CultureInfo.InvariantCulture), Text), constant.Type, mapping);
        }

        if (PostgresBodyConverters.IsTime(mapping) && constant.Value is DateTimeOffset { UtcTicks: 0 } or DateTime { Ticks: 0 })
        {
            return FirstInstant(constant);
        }

        if (ColumnConversions.IsReal(mapping))
        {
            return WithType(constant);
        }

        return (IsDuration(mapping) ? mapping!.Converter!.ConvertToProvider(constant.Value)
            : mapping is { Converter: null, StoreType: "interval" } ? constant.Value : null) is TimeSpan duration
            ? SqlNodes.Cast(new SqlConstantExpression(string.Create(CultureInfo.InvariantCulture,
                $"{duration.Ticks / TimeSpan.TicksPerMicrosecond} microseconds"), Text), constant.Type, mapping)
            : constant;
    }

    // -32768::smallint is minus 32768::smallint.
    public override SqlExpression WithType(SqlExpression literal) =>
        literal is SqlConstantExpression { Value: { } value, TypeMapping: { } mapping } && mapping.GenerateSqlLiteral(value) is ['-', ..] and var negative
        ? SqlNodes.Cast(new SqlConstantExpression(negative, Text), literal.Type, mapping)
        : SqlNodes.Cast(literal);

    public override Expression Simplify(Expression query, DeclaredTables tables) => new PostgresLists(this, tables).Visit(query);

    public override Expression Adapt(Expression node, DeclaredTables tables) => node switch
    {
        SqlParameterExpression time when PostgresBodyConverters.IsTime(time.TypeMapping) => new CaseExpression([new CaseWhenClause(SqlNodes.IsNotNull(time),
            new SqlFunctionExpression("GREATEST", [time, FirstInstant(time)], nullable: true, [true, true], time.Type, time.TypeMapping))]),

        // PostgreSQL rounds where C# cuts off.
        SqlUnaryExpression { OperatorType: ExpressionType.Convert, Operand: { } number } integer when IsInteger(integer.PlainType())
            && Type.GetTypeCode(number.PlainType()) is TypeCode.Decimal or TypeCode.Double or TypeCode.Single && tables.IsDeclared(number) =>
            integer.Update(SqlNodes.Call("trunc", number)),

        // to_jsonb needs the type of a constant.
        SqlFunctionExpression { Name: "to_jsonb", Arguments: [{ } item] } made when item is not ColumnExpression =>
            made.Update(made.Instance, [WithType(item)]),
        SqlFunctionExpression { Arguments: [{ } list, ..] values } call when call.Name.StartsWith(OfJson, StringComparison.Ordinal)
            && tables.IsOfStream(list) =>
            new SqlFunctionExpression(InJsonb(call.Name), values, call.IsNullable, call.ArgumentsPropagateNullability ?? [], call.Type, call.TypeMapping),
        _ => node,
    };

    // Npgsql makes minus infinity of the first instant, which JSON holds as it is.
    private SqlExpression FirstInstant(SqlExpression time) =>
        SqlNodes.Cast(new SqlConstantExpression("0001-01-01 00:00:00+00", Text), time.Type, time.TypeMapping);

    private static bool IsInteger(Type type) => !type.IsEnum && Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.UInt64;

    /// <summary>The function of <c>jsonb</c> that does what one of <c>json</c> does.</summary>
    public static string InJsonb(string function) =>
        function.StartsWith(OfJson, StringComparison.Ordinal) ? $"jsonb_{function.AsSpan(OfJson.Length)}" : function;
}
