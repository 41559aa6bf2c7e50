using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace Typed.Linq;

/// <summary>Makes parts of SQL trees.</summary>
internal static class SqlNodes
{
    /// <summary>A function that is null where an argument is.</summary>
    public static SqlFunctionExpression Call(string name, Type type, RelationalTypeMapping? mapping, params SqlExpression[] arguments) =>
        new(name, arguments, nullable: true, arguments.Select(_ => true), type, mapping);

    /// <summary>A function of a value, which gives the same type.</summary>
    public static SqlFunctionExpression Call(string name, SqlExpression value) => Call(name, value.Type, value.TypeMapping, value);

    public static SqlFunctionExpression Coalesce(SqlExpression value, SqlExpression otherwise) =>
        new("COALESCE", [value, otherwise], nullable: true, [false, false], value.Type, value.TypeMapping);

    public static SqlExpression Cast(SqlExpression value, Type type, RelationalTypeMapping? mapping) =>
        new SqlUnaryExpression(ExpressionType.Convert, value, type, mapping);

    public static SqlExpression Cast(SqlExpression value) => Cast(value, value.Type, value.TypeMapping);

    public static SqlExpression IsNotNull(SqlExpression value) => new SqlUnaryExpression(ExpressionType.NotEqual, value, typeof(bool), BoolTypeMapping.Default);

    public static SqlExpression IsNull(SqlExpression value) => new SqlUnaryExpression(ExpressionType.Equal, value, typeof(bool), BoolTypeMapping.Default);

    public static SqlExpression And(SqlExpression left, SqlExpression right) =>
        new SqlBinaryExpression(ExpressionType.AndAlso, left, right, typeof(bool), BoolTypeMapping.Default);

    public static SqlExpression Concat(SqlExpression left, SqlExpression right) =>
        new SqlBinaryExpression(ExpressionType.Add, left, right, typeof(string), left.TypeMapping);

    public static SqlExpression Integer(long value) => new SqlConstantExpression(value, LongTypeMapping.Default);

    public static bool IsNullConstant(SqlExpression? value) => value is SqlConstantExpression { Value: null };

    public static Type PlainType(this SqlExpression value) => Nullable.GetUnderlyingType(value.Type) ?? value.Type;
}
