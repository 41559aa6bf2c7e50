using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Typed.Storage.Model;

namespace Typed.Linq;

/// <summary>
/// Brings every value of a body or a series in a translated query to the form in which it compares as LINQ compares it: members and elements are read out of
/// JSON with their types, an absent member has the value that the class gives it (<see cref="AbsentMembers"/>), and the engine's <see cref="ValueForms"/> know
/// all else in which the database differs. Queries that touch no declared type never come here.
/// </summary>
internal sealed class ValueRewriter(DeclaredTables tables, ValueForms forms) : ExpressionVisitor
{
    protected override Expression VisitExtension(Expression node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node switch
        {
            ShapedQueryExpression query => query.Update(VisitReturned(query.QueryExpression), Visit(query.ShaperExpression)),
            TableValuedFunctionExpression rows when tables.IsList(rows) =>
                rows.Update([.. rows.Arguments.Select(argument => forms.Json((SqlExpression)Visit(argument)))]),
            JsonScalarExpression { Path.Count: > 0 } member when tables.IsOfStream(member) => ReadMember(member, text: false),
            ColumnExpression column when IsElement(column) => forms.Read(column),
            SqlFunctionExpression function when StoredBody.FindElement(function, tables) is { } element => element,
            SqlUnaryExpression { OperatorType: ExpressionType.Convert } conversion when conversion.Type == typeof(string)
                && TextOf(conversion.Operand) is { } text => text,
            SqlUnaryExpression { OperatorType: ExpressionType.Convert } element when forms.HasOtherText(element.TypeMapping)
                && element.Operand.Type == typeof(string) => forms.Read(element),
            SqlConstantExpression { Value: not null } constant => forms.Constant(constant),
            _ => forms.Adapt(base.VisitExtension(node), tables),
        };
    }

    private Expression VisitReturned(Expression query)
    {
        var visited = Visit(query);
        return query is not SelectExpression { IsDistinct: false, GroupBy.Count: 0 } before || visited is not SelectExpression after ? visited
            : after.Update(after.Tables, after.Predicate, after.GroupBy, after.Having, [.. before.Projection.Zip(after.Projection, Returned)],
                after.Orderings, after.Offset, after.Limit);

        ProjectionExpression Returned(ProjectionExpression value, ProjectionExpression known) =>
            value.Expression is JsonScalarExpression member && tables.IsOfStream(member) && forms.IsReturnedAsText(member)
            ? known.Update(SqlNodes.Cast(ReadMember(member, text: true), member.Type, member.TypeMapping)) : known;
    }

    private bool IsElement(ColumnExpression column) => tables.IsOfList(column) && forms.IsElement(column);

    /// <summary>The text that .NET makes of a value; null where the database makes the same.</summary>
    private SqlExpression? TextOf(SqlExpression value)
    {
        var type = value.PlainType();
        return forms.IsDuration(value.TypeMapping) || BodyConversions.EnumOf(value.TypeMapping) is not null ? TextInJson(value)
            : (type == typeof(decimal) || type == typeof(ulong)) && value is JsonScalarExpression member && tables.IsOfStream(member)
                ? ReadMember(member, text: true)
            : type == typeof(decimal) || type == typeof(double) || type == typeof(float) || type == typeof(Half)
                ? forms.NumberText(value, (SqlExpression)Visit(value))
            : !tables.IsDeclared(value) ? null
            : type == typeof(bool) ? Choose(value, [true, false])
            : type.IsEnum ? Choose(value, Enum.GetValues(type).Cast<object>().Distinct())
            : type == typeof(char) && value is JsonScalarExpression character ? ReadMember(character, text: true)
            : type == typeof(DateTimeOffset) || type == typeof(DateTime) || type == typeof(DateOnly) || type == typeof(TimeOnly)
                ? throw new InvalidOperationException(
                    $"The text of a {type.Name} depends on the culture, and the database has none, so times are no texts there: make texts of them in memory.")
            : null;
    }

    private CaseExpression Choose(SqlExpression value, IEnumerable<object> values)
    {
        if (value.PlainType().IsDefined(typeof(FlagsAttribute), inherit: false))
        {
            throw new InvalidOperationException($"Flags such as {value.PlainType().Name} are no texts in the database: make texts of them in memory.");
        }

        var known = (SqlExpression)Visit(value);
        var number = value.PlainType().IsEnum ? SqlNodes.Cast(SqlNodes.Cast(known, typeof(long), LongTypeMapping.Default), typeof(string), forms.Text) : null;
        return new(known, [.. values.Select(one => new CaseWhenClause(
            new SqlConstantExpression(one, known.Type, known.TypeMapping), new SqlConstantExpression(one.ToString()!, forms.Text)))], number);
    }

    /// <summary>A member of a body, or the value that replaces an absent one.</summary>
    private SqlExpression ReadMember(JsonScalarExpression member, bool text)
    {
        var absence = AbsentMembers.Find(member, tables);
        var made = absence?.Made ?? 0;
        var json = made == 0 ? forms.Json((SqlExpression)Visit(member.Json))
            : ReadMember(new(member.Json, [.. member.Path.Take(made)], typeof(string), member.Json.TypeMapping, nullable: true), text: false);
        var paths = FormerPaths.Of(member, tables, made);
        var mayBeNull = member.IsNullable || absence is not null || paths.Count > 1;
        JsonScalarExpression[] found =
            [.. paths.Select(path => new JsonScalarExpression(json, Visited(path), member.Type, forms.MappingOf(member.TypeMapping), mayBeNull))];
        var value = First(found, text ? forms.ReadText : forms.Read);
        if (absence?.Value is null)
        {
            return value;
        }

        var absent = Absent(absence, value, json, paths, mayLack: MayLack(member, absence));
        return absence.MayBeNull
            ? new CaseExpression([new CaseWhenClause(SqlNodes.IsNull(First(found, forms.FindInJson)), absent)], value)
            : SqlNodes.Coalesce(value, absent);
    }

    private PathSegment[] Visited(IEnumerable<PathSegment> path) =>
        [.. path.Select(segment => segment.ArrayIndex is { } index ? new PathSegment((SqlExpression)Visit(index)) : segment)];

    /// <summary>The value at the first of several paths that has one.</summary>
    private static SqlExpression First(IEnumerable<JsonScalarExpression> found, Func<JsonScalarExpression, SqlExpression> read) =>
        found.Select(read).Aggregate(SqlNodes.Coalesce);

    private bool MayLack(JsonScalarExpression member, Absence absence) =>
        (member.Json is ColumnExpression { IsNullable: true } column && !IsElement(column)) || tables.IsOfSubquery(member.Json)
        || (absence.Made > 0 && absence.Around - absence.Made is not null);

    private SqlExpression Absent(Absence absence, SqlExpression value, SqlExpression json, IReadOnlyList<PathSegment[]> paths, bool mayLack)
    {
        var literal = Literal(absence, value);
        var around = absence.Around - absence.Made;
        if (around is null or <= 0 && !mayLack)
        {
            return absence.MayBeNull ? forms.WithType(literal) : literal;
        }

        // An event that an outer join did not find has no members.
        var found = around > 0
            ? First(
                paths.Select(path => new JsonScalarExpression(json, [.. path.Take(around.Value)], typeof(string), json.TypeMapping, nullable: true)),
                forms.Read)
            : MakeNullable(json);
        return new CaseExpression([new CaseWhenClause(SqlNodes.IsNotNull(found), forms.WithType(literal))]);
    }

    // EF takes the body that a subquery hands on for one that is always there, also after an outer join, and would leave the condition out.
    private static SqlExpression MakeNullable(SqlExpression json) => json switch
    {
        ColumnExpression column => column.MakeNullable(),
        SqlUnaryExpression unary => unary.Update(MakeNullable(unary.Operand)),
        _ => json,
    };

    private SqlExpression Literal(Absence absence, SqlExpression value) =>
        absence.IsJson ? SqlNodes.Cast(new SqlConstantExpression(absence.Value!, forms.Text), value.Type, value.TypeMapping)
        : forms.Constant(value.Type == typeof(string) ? new(AbsentMembers.Text(absence.Value!), value.TypeMapping)
            : new(absence.Value!, value.Type, value.TypeMapping));

    /// <summary>The text of an enum or duration, which stands in JSON; enums may have other names there.</summary>
    private SqlExpression TextInJson(SqlExpression value)
    {
        if (value is not JsonScalarExpression member || !tables.IsOfStream(member))
        {
            throw new InvalidOperationException(
                "Enums and durations in lists, and those that are computed, are no texts in the database: make texts of them in memory.");
        }

        var text = ReadMember(member, text: true);
        var others = BodyConversions.EnumOf(value.TypeMapping)?.Names
            .Select(name => (Json: name.Key, Code: Enum.ToObject(value.PlainType(), name.Value).ToString()!))
            .Where(name => !string.Equals(name.Json, name.Code, StringComparison.Ordinal)).ToArray();
        return others is not { Length: > 0 } ? text
            : BodyConversions.EnumOf(value.TypeMapping)!.IsFlags
                ? throw new InvalidOperationException(
                    $"Flags such as {value.PlainType().Name}, with other names in JSON, are no texts in the database: make texts of them in memory.")
            : new CaseExpression(text, [.. others.Select(name => new CaseWhenClause(
                new SqlConstantExpression(name.Json, forms.Text), new SqlConstantExpression(name.Code, forms.Text)))], text);
    }
}
