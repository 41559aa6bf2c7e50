using System.Globalization;
using Microsoft.CodeAnalysis;
using Typed.Generator.Model;

namespace Typed.Generator.Parsing.Streams;

/// <summary>Writes constants as C#: defaults of parameters, and of members.</summary>
internal static class ConstantText
{
    /// <summary>The parameter's own default, or its type's.</summary>
    public static string Default(IParameterSymbol parameter)
    {
        var value = parameter.HasExplicitDefaultValue ? parameter.ExplicitDefaultValue : null;

        // By name, since without a type it may be that of another constructor, such as a record's that copies.
        return value is not null || !parameter.Type.HasError() ? Write(value, parameter.Type.FullName())
            : parameter.Name.Length == 0 ? "default!"
            : $"{CSharp.Identifier(parameter.Name)}: default!";
    }

    /// <summary>The value as an expression of the type.</summary>
    /// <param name="value">The value; null: the type's own default.</param>
    /// <param name="type">The type's full name.</param>
    public static string Write(object? value, string type)
    {
        return value switch
        {
            null => $"default({type})!",
            string text => CSharp.Literal(text),
            char unit => $"({type}){CSharp.Literal(unit)}",
            DateTime time => $"new {type}({CSharp.Literal(time.Ticks)})",
            bool truth => CSharp.Literal(truth),
            double number => $"({type}){Number(number.ToString("R", CultureInfo.InvariantCulture), number, "double")}",
            float number => $"({type}){Number(number.ToString("R", CultureInfo.InvariantCulture), number, "float")}",
            decimal number => $"({type}){number.ToString(CultureInfo.InvariantCulture)}m",
            ulong number => $"({type}){CSharp.Literal(number)}",
            _ => $"unchecked(({type})({((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)}))",
        };
    }

    private static string Number(string text, double value, string type) =>
        double.IsNaN(value) ? type + ".NaN"
        : double.IsInfinity(value) ? type + (value > 0 ? ".PositiveInfinity" : ".NegativeInfinity")
        : $"({text}{type[0]})";
}
