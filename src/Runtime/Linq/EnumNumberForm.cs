using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Typed.Schema;

namespace Typed.Linq;

/// <summary>The number of an enum whose name stands in JSON: enums compare by their numbers, and flags are asked by their bits.</summary>
/// <param name="forms">The database's other forms.</param>
/// <param name="position">The database's function that finds a text in another.</param>
internal sealed class EnumNumberForm(ValueForms forms, string position)
{
    public SqlExpression Read(EnumNumbers names, SqlExpression text, Type type, RelationalTypeMapping mapping)
    {
        // A value without a name is a number in JSON.
        var number = new CaseWhenClause(forms.IsNumber(text), SqlNodes.Cast(text, type, mapping));
        return names.IsFlags
            ? new CaseExpression([number, new CaseWhenClause(SqlNodes.IsNotNull(text), Bits(names, text, type, mapping))])
            : new CaseExpression(
                text,
                [.. names.Names.Select(name => new CaseWhenClause(Literal(name.Key), Number(name.Value, type, mapping)))],
                new CaseExpression([number]));
    }

    // A text such as 'Read, Write' has the bits of each name in it.
    private SqlExpression Bits(EnumNumbers names, SqlExpression text, Type type, RelationalTypeMapping mapping)
    {
        var listed = SqlNodes.Concat(SqlNodes.Concat(Literal(", "), text), Literal(", "));
        return names.Names.Where(name => name.Value != 0).Aggregate(
            Number(0, type, mapping), (bits, name) => new SqlBinaryExpression(ExpressionType.Or, bits, Bit(name.Key, name.Value), type, mapping));

        CaseExpression Bit(string name, long value)
        {
            var place = SqlNodes.Call(position, typeof(long), LongTypeMapping.Default, listed, Literal($", {name}, "));
            var isThere = new SqlBinaryExpression(ExpressionType.GreaterThan, place, SqlNodes.Integer(0), typeof(bool), BoolTypeMapping.Default);
            return new([new CaseWhenClause(isThere, Number(value, type, mapping))], Number(0, type, mapping));
        }
    }

    private SqlConstantExpression Literal(string text) => new(text, forms.Text);

    /// <summary>The enum's value of a number, which the enum's mapping writes as that number.</summary>
    private static SqlExpression Number(long value, Type type, RelationalTypeMapping mapping) =>
        new SqlConstantExpression(mapping.Converter!.ConvertFromProvider(value), type, mapping);
}
