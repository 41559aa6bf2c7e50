using Microsoft.CodeAnalysis;

namespace Typed.Generator.Parsing.Streams;

/// <summary>Whether null may be written and read, as RespectNullableAnnotations sees it: code without annotations may have null.</summary>
internal static class Nullability
{
    private const string Space = "System.Diagnostics.CodeAnalysis.";

    public static bool MayWriteNull(ISymbol member) =>
        !member.Has(Space + "NotNullAttribute") && (member.Has(Space + "MaybeNullAttribute") || IsNullable(member, member.MemberType()));

    public static bool MayReadNull(ISymbol target) =>
        !target.Has(Space + "DisallowNullAttribute") && (target.Has(Space + "AllowNullAttribute") || IsNullable(target, target.MemberType()));

    private static bool IsNullable(ISymbol member, ITypeSymbol type) =>
        type.IsValueType
            ? type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
            : type.NullableAnnotation != NullableAnnotation.NotAnnotated
                || (member.OriginalDefinition.MemberType() is ITypeParameterSymbol parameter && !IsNeverNull(parameter));

    // Of the constraints only these two say in metadata that null is none of the values; a base class does not.
    private static bool IsNeverNull(ITypeParameterSymbol parameter) =>
        parameter.HasNotNullConstraint
        || parameter is { HasReferenceTypeConstraint: true, ReferenceTypeConstraintNullableAnnotation: NullableAnnotation.NotAnnotated };
}
