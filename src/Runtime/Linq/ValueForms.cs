using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Typed.Storage.Model;

namespace Typed.Linq;

/// <summary>
/// The forms in which one database compares values: how a value is read out of JSON, and what EF's SQL has to be replaced by where it compares something else
/// than LINQ does. An engine implements it; <see cref="ValueRewriter"/> asks it, and only for queries of declared types.
/// </summary>
internal abstract class ValueForms
{
    private readonly EnumNumberForm _enums;

    private protected ValueForms(RelationalTypeMapping text, string position)
    {
        Text = text;
        _enums = new(this, position);
    }

    /// <summary>The mapping of a text.</summary>
    public RelationalTypeMapping Text { get; }

    /// <summary>Whether a text is an integer, as a condition.</summary>
    public abstract SqlExpression IsNumber(SqlExpression text);

    /// <summary>The mapping of a member, for which the database may have a type with more operators.</summary>
    public virtual RelationalTypeMapping? MappingOf(RelationalTypeMapping? mapping) => mapping;

    /// <summary>JSON that members or elements are read from, as the form that the database's operators take.</summary>
    public virtual SqlExpression Json(SqlExpression json) => json;

    /// <summary>The rows of a list in a body, before their arguments are rewritten.</summary>
    public abstract TableValuedFunctionExpression ListRows(TableValuedFunctionExpression rows);

    /// <summary>What a column of such rows holds.</summary>
    public abstract ListColumn ColumnOf(TableValuedFunctionExpression rows, ColumnExpression column);

    /// <summary>From JSON to the form of the value's mapping.</summary>
    /// <param name="json">A member, an element, or a column of a list's rows.</param>
    public SqlExpression Read(SqlExpression json) =>
        BodyConversions.EnumOf(json.TypeMapping) is { } names ? _enums.Read(names, ReadText(json), json.Type, json.TypeMapping!) : ReadValue(json);

    /// <summary>The same as the text that it is in JSON.</summary>
    public virtual SqlExpression ReadText(SqlExpression json) => json switch
    {
        JsonScalarExpression member => ReadValue(new JsonScalarExpression(member.Json, member.Path, typeof(string), Text, member.IsNullable)),
        ColumnExpression column => new ColumnExpression(column.Name, column.TableAlias, column.Column, typeof(string), Text, column.IsNullable),
        SqlUnaryExpression { OperatorType: ExpressionType.Convert, Operand: { } text } => text,
        _ => json,
    };

    /// <summary>A member as JSON: NULL only where it is not there.</summary>
    public virtual SqlExpression FindInJson(JsonScalarExpression member) =>
        new JsonScalarExpression(member.Json, member.Path, typeof(string), member.Json.TypeMapping, nullable: true);

    /// <summary>Anything but enums.</summary>
    protected abstract SqlExpression ReadValue(SqlExpression json);

    /// <summary>Whether the text of a value in JSON is one that the database cannot read, or not as the same value.</summary>
    public virtual bool HasOtherText(RelationalTypeMapping? mapping) => BodyConversions.IsDuration(mapping) || BodyConversions.EnumOf(mapping) is not null;

    /// <summary>A number with a point as the text that .NET makes of it.</summary>
    public abstract SqlExpression NumberText(SqlExpression number);

    /// <summary>A constant in the form of its mapping.</summary>
    public virtual SqlExpression Constant(SqlConstantExpression constant) => constant;

    /// <summary>The same literal with a type of its own, where nothing around it has one.</summary>
    public virtual SqlExpression WithType(SqlExpression literal) => SqlNodes.Cast(literal);

    /// <summary>A translated query of declared types, before the provider's own last step.</summary>
    public virtual Expression Prepare(Expression query) => query;

    /// <summary>The same after that step, before values have their forms.</summary>
    public virtual Expression Simplify(Expression query) => query;

    /// <summary>Any other part of a query, whose own parts have their forms by now.</summary>
    public virtual Expression Adapt(Expression node, DeclaredTables tables) => node;
}
