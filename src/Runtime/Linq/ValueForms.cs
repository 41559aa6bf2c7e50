using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Typed.Storage.Model;

namespace Typed.Linq;

/// <summary>
/// The forms in which one database compares values: how a value is read out of JSON, and what replaces EF's SQL where that does not compare as LINQ does. An
/// engine implements it; <see cref="ValueRewriter"/> asks it, and only for queries of declared types.
/// </summary>
internal abstract class ValueForms
{
    private readonly EnumNumberForm _enums;
    private readonly string _code;

    private protected ValueForms(RelationalTypeMapping text, string position, string code)
    {
        Text = text;
        _enums = new(this, position);
        _code = code;
    }

    /// <summary>The mapping of a text.</summary>
    public RelationalTypeMapping Text { get; }

    /// <summary>Whether a text is an integer, as a condition.</summary>
    public abstract SqlExpression IsNumber(SqlExpression text);

    /// <summary>The mapping of a member, for which the database may have a type with more operators.</summary>
    public virtual RelationalTypeMapping? MappingOf(RelationalTypeMapping? mapping) => mapping;

    /// <summary>Whether the mapping is that of durations, which are texts in JSON and a type of the database in queries.</summary>
    public abstract bool IsDuration(RelationalTypeMapping? mapping);

    /// <summary>JSON that members or elements are read from, as the form that the database's operators take.</summary>
    public virtual SqlExpression Json(SqlExpression json) => json;

    /// <summary>Whether a column of a list's rows is an element as JSON that has to be read.</summary>
    public virtual bool IsElement(ColumnExpression column) => false;

    /// <summary>Converts JSON to the form of the value's mapping.</summary>
    /// <param name="json">A member, an element, or a column of a list's rows.</param>
    public SqlExpression Read(SqlExpression json) =>
        BodyConversions.EnumOf(json.TypeMapping) is { } names ? _enums.Read(names, ReadText(json), json.Type, json.TypeMapping!)
        : BodyConversions.IsCharacter(json.TypeMapping) ? SqlNodes.Call(_code, json.Type, json.TypeMapping, ReadText(json))
        : ReadValue(json);

    /// <summary>Converts JSON to the text of the value in it.</summary>
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

    /// <summary>Converts JSON to the form of the value's mapping, for all types but enums.</summary>
    protected abstract SqlExpression ReadValue(SqlExpression json);

    /// <summary>Whether the database cannot read the text of a value in JSON, or reads another value from it.</summary>
    public virtual bool HasOtherText(RelationalTypeMapping? mapping) => IsDuration(mapping) || BodyConversions.EnumOf(mapping) is not null
        || BodyConversions.IsCharacter(mapping);

    /// <summary>The text that .NET makes of a number with a point.</summary>
    /// <param name="value">The number, as EF translates it.</param>
    /// <param name="number">The number in its form.</param>
    public abstract SqlExpression NumberText(SqlExpression value, SqlExpression number);

    /// <summary>What a query returns of a member, where that is not the form in which it compares.</summary>
    public virtual bool IsReturnedAsText(JsonScalarExpression member) => false;

    /// <summary>A constant in the form of its mapping.</summary>
    public virtual SqlExpression Constant(SqlConstantExpression constant) => constant;

    /// <summary>A literal cast to its type, for places where nothing around it has a type.</summary>
    public virtual SqlExpression WithType(SqlExpression literal) => SqlNodes.Cast(literal);

    /// <summary>Takes the provider's own last step with a translated query of declared types.</summary>
    public virtual Expression Process(QueryTranslationPostprocessor provider, Expression query) => provider.Process(query);

    /// <summary>
    /// Rewrites a translated query of declared types after the provider's own last step, before values have their forms. The rows of a list of objects in a
    /// body then have the objects as JSON, from which members are read.
    /// </summary>
    public abstract Expression Simplify(Expression query, DeclaredTables tables);

    /// <summary>Rewrites any other part of a query, after its own parts have their forms.</summary>
    public virtual Expression Adapt(Expression node, DeclaredTables tables) => node;
}
