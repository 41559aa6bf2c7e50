using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Typed.Generator.Parsing.Streams;

/// <summary>
/// Finds what a member holds where the JSON lacks it, as C#, so that queries compare with the same: the default of its parameter, the constant that it is
/// initialised with, or the default of its type. A value that is computed, such as a new Guid, is not known here.
/// </summary>
internal static class AbsentValue
{
    /// <summary>The value; empty: null, or an object that is made.</summary>
    /// <param name="compilation">What holds the member's initialiser.</param>
    /// <param name="member">The member.</param>
    /// <param name="parameter">The parameter of the constructor that it is bound to.</param>
    public static string Find(Compilation compilation, ISymbol member, IParameterSymbol? parameter)
    {
        var type = member.MemberType();
        var value = parameter is not null ? Default(parameter) : Initial(compilation, member);
        var plain = Plain(type);
        return value is null && (!type.IsValueType || !SymbolEqualityComparer.Default.Equals(type, plain))
            ? string.Empty
            : ConstantText.Write(value, plain.FullName());
    }

    /// <summary>Of a nullable the type inside.</summary>
    private static ITypeSymbol Plain(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    private static object? Default(IParameterSymbol parameter) => parameter.HasExplicitDefaultValue ? parameter.ExplicitDefaultValue : null;

    private static object? Initial(Compilation compilation, ISymbol member)
    {
        foreach (var reference in member.DeclaringSyntaxReferences)
        {
            var initializer = reference.GetSyntax() switch
            {
                PropertyDeclarationSyntax property => property.Initializer,
                VariableDeclaratorSyntax field => field.Initializer,
                _ => null,
            };
            if (initializer is not null && compilation.ContainsSyntaxTree(reference.SyntaxTree))
            {
                return compilation.GetSemanticModel(reference.SyntaxTree).GetConstantValue(initializer.Value) is { HasValue: true, Value: { } constant }
                    ? Converted(constant, Plain(member.MemberType()))
                    : null;
            }
        }

        return null;
    }

    // A constant has the type of its expression: 3 for a decimal.
    private static object? Converted(object constant, ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Decimal => Convert.ToDecimal(constant, System.Globalization.CultureInfo.InvariantCulture),
        SpecialType.System_Double => Convert.ToDouble(constant, System.Globalization.CultureInfo.InvariantCulture),
        SpecialType.System_Single => Convert.ToSingle(constant, System.Globalization.CultureInfo.InvariantCulture),
        SpecialType.System_String or SpecialType.System_Boolean or SpecialType.System_Char => constant,
        _ when type.TypeKind == TypeKind.Enum || type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64 => constant,
        _ => null,
    };
}
