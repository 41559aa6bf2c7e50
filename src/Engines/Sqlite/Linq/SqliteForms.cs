using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Typed.Linq;
using Typed.Storage.Model;

namespace Typed.Sqlite.Linq;

/// <summary>
/// Forms of values on SQLite, which has no types for times, durations, decimals and enums. Functions bring the texts and numbers of JSON to the forms that
/// parameters have (<see cref="BodyConversions"/>); values that are not of a body have other forms (<see cref="SqliteComparisons"/>).
/// </summary>
internal sealed class SqliteForms() : ValueForms(new StringTypeMapping("TEXT", dbType: null), "instr", "unicode")
{
    /// <summary>EF's name for the collation of decimals.</summary>
    private const string OrderOfDecimals = "EF_DECIMAL";

    /// <summary>The operators as functions: EF writes only <c>->></c>, and quotes a name that stands alone in a way that SQLite does not understand.</summary>
    private const string AsValue = "\"->>\"";
    private const string AsJson = "\"->\"";

    public override bool IsDuration(RelationalTypeMapping? mapping) => SqliteBodyConverters.IsDuration(mapping);

    public override SqlExpression IsNumber(SqlExpression text) =>
        SqlNodes.Call("glob", typeof(bool), BoolTypeMapping.Default, new SqlConstantExpression("[-0-9]*", Text), text);

    public override bool IsElement(ColumnExpression column) => column.Name == "value";

    // A column has the text that EF reads a decimal from; what is computed has lost the digits that .NET would show.
    public override SqlExpression NumberText(SqlExpression value, SqlExpression number) => number.PlainType() != typeof(decimal)
        ? SqlNodes.Call(SqliteFunctions.NumberText, typeof(string), Text, number)
        : value is ColumnExpression or SqlConstantExpression or SqlParameterExpression ? SqlNodes.Cast(number, typeof(string), Text)
        : throw new InvalidOperationException("SQLite does not keep the digits of a decimal that is computed: make a text of it in memory.");

    // The canonical text of a decimal compares; the text in JSON has the digits that it was put with.
    public override bool IsReturnedAsText(JsonScalarExpression member) => BodyConversions.Stored(member.TypeMapping) == typeof(decimal);

    // As JSON, since SQLite's own numbers have fewer digits.
    public override SqlExpression ReadText(SqlExpression json) =>
        json is JsonScalarExpression member && (BodyConversions.Stored(json.TypeMapping) == typeof(decimal) || json.PlainType() == typeof(ulong))
        ? new SqlFunctionExpression("NULLIF", [Access(member, AsJson), new SqlConstantExpression("null", Text)], member.IsNullable, [false, false],
            typeof(string), Text)
        : base.ReadText(json);

    public override SqlExpression FindInJson(JsonScalarExpression member) => Access(member, AsJson);

    protected override SqlExpression ReadValue(SqlExpression json)
    {
        var (mapping, stored) = (json.TypeMapping, BodyConversions.Stored(json.TypeMapping));
        var function = IsDuration(mapping) ? SqliteFunctions.Ticks
            : SqliteBodyConverters.IsTime(mapping) ? SqliteFunctions.Time
            : stored == typeof(byte[]) ? SqliteFunctions.Bytes
            : stored == typeof(decimal) ? SqliteFunctions.Decimal
            : stored == typeof(double) && json is JsonScalarExpression ? SqliteFunctions.Real
            : null;
        if (json is not JsonScalarExpression member)
        {
            return function is null ? json : SqlNodes.Call(function, json);
        }

        // SQLite reads another number from a text of many digits, so such a number stays JSON.
        var isExact = function is SqliteFunctions.Decimal or SqliteFunctions.Real;
        SqlExpression found = isExact ? Access(member, AsJson) : NeedsPath(member.Path) ? Access(member, AsValue)
            : new JsonScalarExpression(member.Json, member.Path, function is null ? member.Type : typeof(string), function is null ? member.TypeMapping
                : Text, member.IsNullable);
        var value = function is null ? found : new SqlFunctionExpression(function, [found], member.IsNullable, [!isExact], json.Type, mapping);

        // A function cannot return bytes of no length.
        return function == SqliteFunctions.Bytes ? SqlNodes.Coalesce(value, SqlNodes.Cast(found, json.Type, mapping)) : value;
    }

    // EF writes a plain name, and steps by numbers.
    private static bool NeedsPath(IReadOnlyList<PathSegment> path) =>
        path is [{ PropertyName: { } name }] ? !name.All(char.IsAsciiLetterOrDigit)
            : path.Any(segment => segment.ArrayIndex is { } key && key.Type == typeof(string));

    private SqlFunctionExpression Access(JsonScalarExpression member, string access)
    {
        var (json, path) = (member.Json, new StringBuilder("$"));
        foreach (var segment in member.Path)
        {
            if (segment.PropertyName is { } name)
            {
                var escaped = name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
                path.Append(CultureInfo.InvariantCulture, $".\"{escaped}\"");
            }
            else if (segment.ArrayIndex is { } key && key.Type == typeof(string))
            {
                // The key is known only when the query runs.
                var quoted = Replaced(Replaced(key, "\\", "\\\\"), "\"", "\\\"");
                json = Step(json, SqlNodes.Concat(SqlNodes.Concat(new SqlConstantExpression($"{path}.\"", Text), quoted),
                    new SqlConstantExpression("\"", Text)));
                path = new("$");
            }
            else if (segment.ArrayIndex is SqlConstantExpression { Value: int index })
            {
                path.Append(CultureInfo.InvariantCulture, $"[{index}]");
            }
            else
            {
                json = Step(Step(json, new SqlConstantExpression(path.ToString(), Text)), segment.ArrayIndex!);
                path = new("$");
            }
        }

        return path.Length == 1 && json is SqlFunctionExpression last ? last : Step(json, new SqlConstantExpression(path.ToString(), Text));

        SqlFunctionExpression Replaced(SqlExpression text, string from, string to) =>
            SqlNodes.Call("replace", typeof(string), Text, text, new SqlConstantExpression(from, Text), new SqlConstantExpression(to, Text));

        SqlFunctionExpression Step(SqlExpression from, SqlExpression step) => access == AsValue
            ? new(access, [from, step], member.IsNullable, [false, false], member.Type, member.TypeMapping)
            : new(access, [from, step], nullable: true, [false, false], typeof(string), Text);
    }

    // SQLite reads a literal to 15 digits, and 0.1 is not 0.1f. Only columns of series are marked.
    public override SqlExpression Constant(SqlConstantExpression constant) => !ColumnConversions.IsReal(constant.TypeMapping) ? constant
        : SqlNodes.Call(
            SqliteFunctions.Real, constant.Type, constant.TypeMapping,
            new SqlConstantExpression(Convert.ToDouble(constant.Value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture), Text));

    public override Expression Process(QueryTranslationPostprocessor provider, Expression query)
    {
        try
        {
            return provider.Process(SqliteLateralJoins.Allow(query));
        }
        catch (InvalidOperationException refused) when (refused.Message.Contains(" APPLY ", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(SqliteLateralJoins.Refusal, refused);
        }
    }

    public override Expression Simplify(Expression query, DeclaredTables tables) => SqliteLateralJoins.Flatten(query, Text);

    public override Expression Adapt(Expression node, DeclaredTables tables)
    {
        switch (node)
        {
            case LikeExpression like when tables.IsDeclared(like.Match):
                return Pattern(like);
            case CollateExpression { Collation: OrderOfDecimals } decimals:
                return new CollateExpression(decimals.Operand, SqliteFunctions.DecimalOrder);
            case SqlFunctionExpression { Name: "max" or "min",
                Arguments: [{ } first, _, ..] } most when BodyConversions.Stored(most.TypeMapping) == typeof(decimal) && tables.IsDeclared(most):
                // EF would take the decimal whose text comes first or last.
                return most.Update(most.Instance, [new CollateExpression(first, SqliteFunctions.DecimalOrder), .. most.Arguments.Skip(1)]);
            case SqlUnaryExpression { OperatorType: ExpressionType.Convert } conversion when conversion.PlainType() == typeof(decimal)
                && Type.GetTypeCode(conversion.Operand.PlainType()) is >= TypeCode.SByte and <= TypeCode.UInt64:
                // The text of a decimal has a point, the text of an integer has none.
                return SqlNodes.Call(SqliteFunctions.Decimal, conversion);
            default:
                return SqliteComparisons.Unify(node);
        }
    }

    /// <summary>LIKE takes <c>a</c> for <c>A</c>, GLOB does not; the bounds let a key find what begins alike.</summary>
    private SqlExpression Pattern(LikeExpression like)
    {
        var escape = like.EscapeChar ?? new SqlConstantExpression(null, typeof(string), Text);
        SqlExpression found = SqlNodes.Call("glob", typeof(bool), BoolTypeMapping.Default, Call(SqlitePatterns.Glob, Text), like.Match);
        if (like.Match is ColumnExpression)
        {
            var (low, high) = (Compared(ExpressionType.GreaterThanOrEqual, SqlitePatterns.Low), Compared(ExpressionType.LessThan, SqlitePatterns.High));
            found = SqlNodes.And(SqlNodes.And(low, high), found);
        }

        // A null matches neither the pattern nor its negation, as with LIKE.
        found = SqlNodes.And(found, SqlNodes.IsNotNull(like.Match));
        return like.Pattern is SqlConstantExpression ? found : SqlNodes.And(found, SqlNodes.IsNotNull(like.Pattern));

        SqlExpression Compared(ExpressionType comparison, string function) =>
            new SqlBinaryExpression(comparison, like.Match, Call(function, like.Match.TypeMapping), typeof(bool), BoolTypeMapping.Default);

        SqlFunctionExpression Call(string function, RelationalTypeMapping? mapping) =>
            new(function, [like.Pattern, escape], nullable: true, [true, false], typeof(string), mapping);
    }
}
