using System.Globalization;
using Microsoft.CodeAnalysis;
using Typed.Generator.Emission;

namespace Typed.Generator.Parsing.Json;

/// <summary>Default values of parameters as C#.</summary>
internal static class ConstantText
{
    /// <summary>The parameter's own default, or its type's.</summary>
    public static string Default(IParameterSymbol parameter)
    {
        var type = parameter.Type.FullName();
        var value = parameter.HasExplicitDefaultValue ? parameter.ExplicitDefaultValue : null;
        return value switch
        {
            // By name, since without a type it may be that of another constructor, such as a record's that copies.
            null when parameter.Type.HasError() => parameter.Name.Length == 0 ? "default!" : $"{CSharp.Identifier(parameter.Name)}: default!",
            null => $"default({type})!",
            string text => CSharp.Literal(text),
            char unit => $"({type}){CSharp.Literal(unit)}",
            DateTime time => $"new {type}({CSharp.Literal(time.Ticks)})",
            bool truth => CSharp.Literal(truth),
            double number => $"({type}){Number(number.ToString("R", CultureInfo.InvariantCulture), number, "double")}",
            float number => $"({type}){Number(number.ToString("R", CultureInfo.InvariantCulture), number, "float")}",
            decimal number => $"({type}){number.ToString(CultureInfo.InvariantCulture)}m",
            ulong number => $"({type}){number.ToString(CultureInfo.InvariantCulture)}UL",
            _ => $"unchecked(({type})({((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)}))",
        };
    }

    private static string Number(string text, double value, string type) =>
        double.IsNaN(value) ? type + ".NaN"
        : double.IsInfinity(value) ? type + (value > 0 ? ".PositiveInfinity" : ".NegativeInfinity")
        : $"({text}{type[0]})";
}
