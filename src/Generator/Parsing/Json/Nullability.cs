using Microsoft.CodeAnalysis;

namespace Typed.Generator.Parsing.Json;

/// <summary>Whether null may go in or out, as RespectNullableAnnotations sees it: code that does not say is not held to it.</summary>
internal static class Nullability
{
    private const string Space = "System.Diagnostics.CodeAnalysis.";

    public static bool MayWriteNull(ISymbol member) =>
        !member.Has(Space + "NotNullAttribute") && (member.Has(Space + "MaybeNullAttribute") || IsNullable(member, Type(member)));

    public static bool MayReadNull(ISymbol target) =>
        !target.Has(Space + "DisallowNullAttribute") && (target.Has(Space + "AllowNullAttribute") || IsNullable(target, Type(target)));

    public static ITypeSymbol Type(ISymbol member) => member switch
    {
        IPropertySymbol property => property.Type,
        IFieldSymbol field => field.Type,
        _ => ((IParameterSymbol)member).Type,
    };

    private static bool IsNullable(ISymbol member, ITypeSymbol type) =>
        type.IsValueType
            ? type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
            : type.NullableAnnotation != NullableAnnotation.NotAnnotated || (Type(member.OriginalDefinition) is ITypeParameterSymbol parameter && !IsNeverNull(parameter));

    // Of the constraints these two say so in metadata; a base class does not.
    private static bool IsNeverNull(ITypeParameterSymbol parameter) =>
        parameter is { HasNotNullConstraint: true } or { HasReferenceTypeConstraint: true, ReferenceTypeConstraintNullableAnnotation: NullableAnnotation.NotAnnotated };
}
