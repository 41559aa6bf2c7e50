using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Typed.Storage.Model;

namespace Typed.Sqlite.Linq;

/// <summary>
/// SQLite compares the texts, numbers and bytes that it has, and one value has many: the time of an event and the bucket of a series are numbers, the time in a body is a text,
/// and the columns of an application are as EF writes them. What has several forms is brought to the form of bodies.
/// </summary>
internal static class SqliteForms
{
    public static SqlBinaryExpression Same(SqlBinaryExpression comparison)
    {
        if (comparison.OperatorType is not (ExpressionType.Equal or ExpressionType.NotEqual
            or ExpressionType.LessThan or ExpressionType.LessThanOrEqual or ExpressionType.GreaterThan or ExpressionType.GreaterThanOrEqual))
        {
            return comparison;
        }

        Refuse(comparison.Left, comparison.Right);
        Refuse(comparison.Right, comparison.Left);
        return FunctionFor(comparison.Left, comparison.Right) is { } function
            ? comparison.Update(Bring(comparison.Left, function), Bring(comparison.Right, function))
            : comparison;
    }

    public static InExpression Same(InExpression list)
    {
        if (list.Values is { } values)
        {
            return values.Select(value => FunctionFor(list.Item, value)).FirstOrDefault(function => function is not null) is { } one
                ? list.Update(Bring(list.Item, one), [.. values.Select(value => Bring(value, one))])
                : list;
        }

        if (list.Subquery is not { Projection: [var projection] } subquery)
        {
            return list;
        }

        Refuse(list.Item, projection.Expression);
        Refuse(projection.Expression, list.Item);
        if (FunctionFor(list.Item, projection.Expression) is not { } function)
        {
            return list;
        }

        var found = Bring(projection.Expression, function);
        return list.Update(
            Bring(list.Item, function),
            ReferenceEquals(found, projection.Expression)
                ? subquery
                : subquery.Update(subquery.Tables, subquery.Predicate, subquery.GroupBy, subquery.Having, [projection.Update(found)], subquery.Orderings, subquery.Offset, subquery.Limit));
    }

    public static CaseExpression Same(CaseExpression choice)
    {
        var results = choice.WhenClauses.Select(when => when.Result).Append(choice.ElseResult).OfType<SqlExpression>();
        return ForAll(choice, results) is { } function
            ? choice.Update(choice.Operand, [.. choice.WhenClauses.Select(when => new CaseWhenClause(when.Test, Bring(when.Result, function)))], choice.ElseResult is { } otherwise ? Bring(otherwise, function) : null)
            : choice;
    }

    public static SqlFunctionExpression Same(SqlFunctionExpression call) =>
        call is { Name: "COALESCE", Arguments: { } values } && ForAll(call, values) is { } function ? call.Update(call.Instance, [.. values.Select(value => Bring(value, function))]) : call;

    /// <summary>A conversion of which EF makes a CAST to what the value is not: a <see cref="DateTime"/> to the number of an instant, bytes to a text.</summary>
    public static SqlExpression Same(SqlUnaryExpression conversion)
    {
        ArgumentNullException.ThrowIfNull(conversion);
        var value = conversion.Operand;
        if (conversion.OperatorType != ExpressionType.Convert)
        {
            return conversion;
        }

        if (Plain(conversion) == typeof(DateTimeOffset) && Plain(value) == typeof(DateTime) && (IsOwn(conversion) || BodyConversions.IsTime(conversion.TypeMapping)))
        {
            if (value.TypeMapping is { Converter: not null } other && FunctionOf(value) is null)
            {
                throw Refused(other);
            }

            var instant = new SqlFunctionExpression(
                SqliteFunctions.Instant, [value, new SqlConstantExpression(LocalTimes.AreIn(value), BoolTypeMapping.Default)], nullable: true, [true, false], conversion.Type, conversion.TypeMapping);
            return IsOwn(conversion) ? instant : new SqlFunctionExpression(SqliteFunctions.Time, [instant], nullable: true, [true], conversion.Type, conversion.TypeMapping);
        }

        return conversion.Type != typeof(string) || !IsOwn(value) ? conversion
            : Plain(value) == typeof(Guid) ? new SqlFunctionExpression(SqliteFunctions.Guid, [value], nullable: true, [true], typeof(string), conversion.TypeMapping)
            : throw new InvalidOperationException("SQLite has the times and durations of declared types as numbers: make texts of them in memory.");
    }

    public static void Check(SetOperationBase both)
    {
        ArgumentNullException.ThrowIfNull(both);
        if (both.Source1.Projection.Zip(both.Source2.Projection).Any(pair => AreOther(pair.First.Expression, pair.Second.Expression)))
        {
            throw new InvalidOperationException(
                "SQLite has times, UUIDs and durations in one form in bodies, in another in series and in the columns of events, and in a third elsewhere: they cannot be united. Ask for each, and unite them in memory.");
        }
    }

    /// <summary>The function that brings one of several values to the form of the whole, which EF reads; null: it has one form everywhere.</summary>
    private static string? ForAll(SqlExpression whole, IEnumerable<SqlExpression> values)
    {
        var function = FunctionOf(whole);
        return function is null && values.Any(value => AreOther(value, whole))
            ? throw new InvalidOperationException(
                "SQLite has times, UUIDs and durations in one form in bodies, in another in series and in the columns of events, and in a third elsewhere. Where one of several is chosen, begin with that of the body, or choose in memory.")
            : function;
    }

    /// <summary>Whether one is of another form. NULL has none.</summary>
    private static bool AreOther(SqlExpression one, SqlExpression other) =>
        one is not SqlConstantExpression { Value: null } && other is not SqlConstantExpression { Value: null }
        && (IsOwn(one) != IsOwn(other) || !string.Equals(FunctionOf(one), FunctionOf(other), StringComparison.Ordinal));

    /// <summary>The function that brings two values to one form; null: they have one.</summary>
    private static string? FunctionFor(SqlExpression left, SqlExpression right)
    {
        var (ofLeft, ofRight) = (FunctionOf(left), FunctionOf(right));
        return ofLeft ?? ofRight ?? (IsOwn(left) == IsOwn(right) ? null
            : Plain(left) == typeof(Guid) ? SqliteFunctions.Guid
            : Plain(left) == typeof(TimeSpan) ? SqliteFunctions.Ticks
            : SqliteFunctions.Time);
    }

    private static Type Plain(SqlExpression value) => Nullable.GetUnderlyingType(value.Type) ?? value.Type;

    /// <summary>Whether it is the time or id of an event, or a time, UUID or duration of a series.</summary>
    private static bool IsOwn(SqlExpression value) => value.TypeMapping?.Converter is { } converter && SqliteMapping.AreOwn(converter);

    private static string? FunctionOf(SqlExpression value) =>
        BodyConversions.IsTime(value.TypeMapping) ? SqliteFunctions.Time
        : BodyConversions.IsDuration(value.TypeMapping) ? SqliteFunctions.Ticks
        : BodyConversions.IsGuid(value.TypeMapping) ? SqliteFunctions.Guid
        : null;

    private static SqlExpression Bring(SqlExpression value, string function)
    {
        // What SQLite makes of a time is its own text, though EF takes it for that of what it is compared with.
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
            ? new SqlBinaryExpression(ExpressionType.Multiply, value, new SqlConstantExpression(TimeSpan.TicksPerMicrosecond, LongTypeMapping.Default), typeof(long), LongTypeMapping.Default)
            : value;
        return new SqlFunctionExpression(function, [known], nullable: true, [true], value.Type, mapping);
    }

    /// <summary>Enums of bodies are numbers; a column of their names has none.</summary>
    private static void Refuse(SqlExpression body, SqlExpression other)
    {
        if (BodyConversions.EnumOf(body.TypeMapping) is not null && other.TypeMapping?.Converter is { } converter && converter.ProviderClrType == typeof(string))
        {
            throw Refused(other.TypeMapping);
        }
    }

    private static InvalidOperationException Refused(RelationalTypeMapping mapping) => new(
        $"A value of a declared type cannot be compared with a column of {mapping.ClrType.Name} that is converted to {mapping.Converter!.ProviderClrType.Name}: compare in memory, or give the column no converter.");

    /// <summary>What SQLite makes of <see cref="DateTime.Now"/> and <see cref="DateTime.Today"/>, which are local: its texts do not say so.</summary>
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
