using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Typed.Linq;
using Typed.Storage.Model;

namespace Typed.Sqlite.Linq;

/// <summary>
/// Brings values to one form before SQLite compares them as texts, numbers or bytes. One value has several forms: the time of an event and the bucket of a
/// series are numbers, the time in a body is a text, and the columns of an application are as EF writes them. The common form is that of bodies.
/// </summary>
internal static class SqliteComparisons
{
    /// <summary>Brings all values of an expression with several values to one form.</summary>
    /// <exception cref="InvalidOperationException">The values have no form in common.</exception>
    public static Expression Unify(Expression node) => node switch
    {
        SqlBinaryExpression comparison => UnifySides(comparison),
        InExpression list => UnifyList(list),
        CaseExpression choice => UnifyResults(choice),
        SqlFunctionExpression { Name: "COALESCE" } choice => UnifyArguments(choice),
        SqlUnaryExpression { OperatorType: ExpressionType.Convert } conversion => Converted(conversion),
        SetOperationBase both => Check(both),
        _ => node,
    };

    private static SqlBinaryExpression UnifySides(SqlBinaryExpression comparison)
    {
        if (comparison.OperatorType is not (ExpressionType.Equal or ExpressionType.NotEqual
            or ExpressionType.LessThan or ExpressionType.LessThanOrEqual or ExpressionType.GreaterThan or ExpressionType.GreaterThanOrEqual))
        {
            return comparison;
        }

        Refuse(comparison.Left, comparison.Right);
        Refuse(comparison.Right, comparison.Left);
        return CommonFunction(comparison.Left, comparison.Right) is { } function
            ? comparison.Update(ConvertTo(comparison.Left, function), ConvertTo(comparison.Right, function))
            : comparison;
    }

    private static InExpression UnifyList(InExpression list)
    {
        // The values of a parameter take the form of the item.
        if (list.ValuesParameter is not null)
        {
            return list;
        }

        if (list.Values is { } values)
        {
            return values.Select(value => CommonFunction(list.Item, value)).FirstOrDefault(function => function is not null) is { } one
                ? list.Update(ConvertTo(list.Item, one), [.. values.Select(value => ConvertTo(value, one))])
                : list;
        }

        if (list.Subquery is not { Projection: [var projection] } subquery)
        {
            return list;
        }

        Refuse(list.Item, projection.Expression);
        Refuse(projection.Expression, list.Item);
        if (CommonFunction(list.Item, projection.Expression) is not { } function)
        {
            return list;
        }

        var found = ConvertTo(projection.Expression, function);
        return list.Update(
            ConvertTo(list.Item, function),
            ReferenceEquals(found, projection.Expression)
                ? subquery
                : subquery.Update(subquery.Tables, subquery.Predicate, subquery.GroupBy, subquery.Having, [projection.Update(found)], subquery.Orderings,
                    subquery.Offset, subquery.Limit));
    }

    private static CaseExpression UnifyResults(CaseExpression choice)
    {
        var results = choice.WhenClauses.Select(when => when.Result).Append(choice.ElseResult).OfType<SqlExpression>();
        return FormForAll(choice, results) is { } function
            ? choice.Update(choice.Operand, [.. choice.WhenClauses.Select(when => new CaseWhenClause(when.Test, ConvertTo(when.Result, function)))],
                choice.ElseResult is { } otherwise ? ConvertTo(otherwise, function) : null)
            : choice;
    }

    private static SqlFunctionExpression UnifyArguments(SqlFunctionExpression choice) =>
        choice.Arguments is { } values && FormForAll(choice, values) is { } function
            ? choice.Update(choice.Instance, [.. values.Select(value => ConvertTo(value, function))]) : choice;

    /// <summary>
    /// Corrects a conversion for which EF writes a wrong CAST: of a <see cref="DateTime"/> to the number of an instant, or of bytes to a text.
    /// </summary>
    private static SqlExpression Converted(SqlUnaryExpression conversion)
    {
        var value = conversion.Operand;
        if (conversion.PlainType() == typeof(DateTimeOffset) && value.PlainType() == typeof(DateTime)
            && (IsOwn(conversion) || SqliteBodyConverters.IsTime(conversion.TypeMapping)))
        {
            if (value.TypeMapping is { Converter: not null } other && FunctionOf(value) is null)
            {
                throw Refused(other);
            }

            var instant = new SqlFunctionExpression(
                SqliteFunctions.Instant, [value, new SqlConstantExpression(LocalTimes.AreIn(value), BoolTypeMapping.Default)], nullable: true, [true, false],
                    conversion.Type, conversion.TypeMapping);
            return IsOwn(conversion) ? instant : SqlNodes.Call(SqliteFunctions.Time, instant);
        }

        return conversion.Type != typeof(string) || !IsOwn(value) ? conversion
            : value.PlainType() == typeof(Guid) ? SqlNodes.Call(SqliteFunctions.Guid, typeof(string), conversion.TypeMapping, value)
            : throw new InvalidOperationException("SQLite has the times and durations of declared types as numbers: make texts of them in memory.");
    }

    private static SetOperationBase Check(SetOperationBase both) =>
        both.Source1.Projection.Zip(both.Source2.Projection).Any(pair => AreOther(pair.First.Expression, pair.Second.Expression))
        ? throw new InvalidOperationException(
            "SQLite has times, UUIDs and durations in one form in bodies, in another in series and in the columns of events, "
            + "and in a third elsewhere: they cannot be united. Ask for each, and unite them in memory.")
        : both;

    /// <summary>The function that brings each of several values to the form of the whole expression, which EF reads; null where all have that form.</summary>
    private static string? FormForAll(SqlExpression whole, IEnumerable<SqlExpression> values)
    {
        var function = FunctionOf(whole);
        return function is null && values.Any(value => AreOther(value, whole))
            ? throw new InvalidOperationException(
                "SQLite has times, UUIDs and durations in one form in bodies, in another in series and in the columns of events, "
                + "and in a third elsewhere. Where one of several is chosen, begin with that of the body, or choose in memory.")
            : function;
    }

    /// <summary>Whether two values have different forms. NULL has none.</summary>
    private static bool AreOther(SqlExpression one, SqlExpression other) =>
        !SqlNodes.IsNullConstant(one) && !SqlNodes.IsNullConstant(other)
        && (IsOwn(one) != IsOwn(other) || !string.Equals(FunctionOf(one), FunctionOf(other), StringComparison.Ordinal));

    /// <summary>The function that brings two values to one form; null where they have one already.</summary>
    private static string? CommonFunction(SqlExpression left, SqlExpression right)
    {
        var (ofLeft, ofRight) = (FunctionOf(left), FunctionOf(right));
        return ofLeft ?? ofRight ?? (IsOwn(left) == IsOwn(right) ? null
            : left.PlainType() == typeof(Guid) ? SqliteFunctions.Guid
            : left.PlainType() == typeof(TimeSpan) ? SqliteFunctions.Ticks
            : SqliteFunctions.Time);
    }

    /// <summary>Whether a value is the time or id of an event, or a time, UUID or duration of a series.</summary>
    private static bool IsOwn(SqlExpression value) => value.TypeMapping?.Converter is { } converter && SqliteMapping.AreOwn(converter);

    private static string? FunctionOf(SqlExpression value) =>
        SqliteBodyConverters.IsTime(value.TypeMapping) ? SqliteFunctions.Time
        : SqliteBodyConverters.IsDuration(value.TypeMapping) ? SqliteFunctions.Ticks
        : SqliteBodyConverters.IsGuid(value.TypeMapping) ? SqliteFunctions.Guid
        : null;

    private static SqlExpression ConvertTo(SqlExpression value, string function)
    {
        // SQLite's functions of time give texts of their own, though EF gives them the mapping of the value that they are compared with.
        var isMade = value is SqlFunctionExpression { Name: "rtrim" or "strftime" or "datetime" };
        if (value.TypeMapping is not { } mapping || (FunctionOf(value) is not null && !isMade))
        {
            return value;
        }

        if (mapping.Converter is not null && !isMade && !IsOwn(value))
        {
            throw Refused(mapping);
        }

        // The durations of series are microseconds.
        var known = function == SqliteFunctions.Ticks && IsOwn(value)
            ? new SqlBinaryExpression(ExpressionType.Multiply, value, SqlNodes.Integer(TimeSpan.TicksPerMicrosecond), typeof(long), LongTypeMapping.Default)
            : value;
        return SqlNodes.Call(function, value.Type, mapping, known);
    }

    /// <summary>Enums and characters of bodies are numbers; a column of their texts has none.</summary>
    private static void Refuse(SqlExpression body, SqlExpression other)
    {
        if ((BodyConversions.EnumOf(body.TypeMapping) is not null || BodyConversions.IsCharacter(body.TypeMapping))
            && other.TypeMapping?.Converter is { } converter && converter.ProviderClrType == typeof(string))
        {
            throw Refused(other.TypeMapping);
        }
    }

    private static InvalidOperationException Refused(RelationalTypeMapping mapping) => new(
        $"A value of a declared type cannot be compared with a column of {mapping.ClrType.Name} "
        + $"that is converted to {mapping.Converter!.ProviderClrType.Name}: compare in memory, or give the column no converter.");

    /// <summary>
    /// Finds <see cref="DateTime.Now"/> and <see cref="DateTime.Today"/>, which are local times, though SQLite's texts of them do not say so.
    /// </summary>
    private sealed class LocalTimes : ExpressionVisitor
    {
        private bool _found;

        public static bool AreIn(SqlExpression value)
        {
            var visitor = new LocalTimes();
            visitor.Visit(value);
            return visitor._found;
        }

        public override Expression? Visit(Expression? node)
        {
            _found |= node is SqlConstantExpression { Value: "localtime" };
            return base.Visit(node);
        }
    }
}
