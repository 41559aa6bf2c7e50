using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Typed.CodeFixes;

/// <summary>The member whose name is underlined.</summary>
internal static class MemberSyntax
{
    /// <summary>A property, a field or a parameter; null: the name is that of something else.</summary>
    public static SyntaxNode? Find(SyntaxNode? root, Diagnostic diagnostic) => root?.FindToken(diagnostic.Location.SourceSpan.Start).Parent switch
    {
        PropertyDeclarationSyntax property => property,
        ParameterSyntax parameter => parameter,
        VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax field } => field,
        _ => null,
    };

    /// <summary>Its type as written.</summary>
    public static TypeSyntax? TypeOf(SyntaxNode? member) => member switch
    {
        PropertyDeclarationSyntax property => property.Type,
        ParameterSyntax parameter => parameter.Type,
        FieldDeclarationSyntax field => field.Declaration.Type,
        _ => null,
    };
}
