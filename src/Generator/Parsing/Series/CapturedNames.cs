using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Typed.Generator.Model.Series;

namespace Typed.Generator.Parsing.Series;

/// <summary>
/// Finds names in code that change their meaning once the generator has added its types: in <c>class Seat { Row Line; }</c> the generator sees a <c>Row</c>
/// of the user's, and the compiler then sees <c>Seat.Row</c>. The syntax is the same to both, so it decides.
/// </summary>
internal static class CapturedNames
{
    /// <summary>The name in a member's type that an emitted type takes; null where none does.</summary>
    public static IdentifierNameSyntax? Find(DeclaredSymbol declared, ISymbol member, SeriesMemberNames names, bool keyed)
    {
        // A name in a base class keeps its meaning, unless that class is declared too.
        if (!declared.IsOwn(member) && !member.ContainingType.Has(KnownNames.TimeSeries))
        {
            return null;
        }

        var name = member.DeclaringSyntaxReferences.Select(part => First(TypeOf(part.GetSyntax()))).OfType<IdentifierNameSyntax>().FirstOrDefault();
        return name is not null && EmittedNames.IsType(name.Identifier.ValueText, names, keyed)
            && member.ContainingType.GetTypeMembers(name.Identifier.ValueText).All(inner => inner.IsEmitted())
            ? name
            : null; // a type of the user's own inside the declared one keeps its name, or is reported by another check
    }

    private static TypeSyntax? TypeOf(SyntaxNode member) => member switch
    {
        PropertyDeclarationSyntax property => property.Type,
        ParameterSyntax parameter => parameter.Type,
        VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax field } => field.Type,
        _ => null,
    };

    /// <summary>The part of a type's name that is looked up in the class around it.</summary>
    private static SyntaxNode? First(TypeSyntax? type) => type switch
    {
        NullableTypeSyntax nullable => First(nullable.ElementType),
        ArrayTypeSyntax array => First(array.ElementType),
        RefTypeSyntax reference => First(reference.Type),
        QualifiedNameSyntax qualified => First(qualified.Left),
        _ => type,
    };
}
