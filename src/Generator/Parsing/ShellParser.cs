using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Typed.Generator.Analysis;

namespace Typed.Generator.Parsing;

/// <summary>Checks that members can be added to a declared type: what it is, that it and its containers are partial, none is generic, and the module sees it.</summary>
internal static class ShellParser
{
    public static bool Check(DeclaredSymbol declared)
    {
        var type = declared.Type;
        var fine = !IsUnfinished(type);
        if (!IsPartial(type))
        {
            declared.Report(SeriesRules.NotPartial, declared.Place, type.Name);
            fine = false;
        }

        foreach (var container in Nesting.Containers(type).Where(container => !IsPartial(container)))
        {
            declared.Report(SeriesRules.ContainerNotPartial, container.Locations.FirstOrDefault(), container.Name, type.Name);
            fine = false;
        }

        if (type.IsGenericType)
        {
            declared.Report(SeriesRules.Generic, declared.Place, type.Name);
            fine = false;
        }

        if (Oddity(type) is { } oddity)
        {
            declared.Report(SeriesRules.Shape, declared.Place, type.Name, oddity);
            fine = false;
        }
        else if (!Nesting.IsVisibleInAssembly(type))
        {
            declared.Report(SeriesRules.Inaccessible, declared.Place, type.Name, SyntaxFacts.GetText(Nesting.EffectiveAccessibility(type)));
            fine = false;
        }

        if (Obsolescence.FindError(type) is { } obsolete)
        {
            declared.Report(SeriesRules.Obsolete, declared.Place, obsolete.Name);
            fine = false;
        }

        return fine;
    }

    /// <summary>Whether the type, or something around it, has no name yet, or the type one that another has too. The compiler complains.</summary>
    public static bool IsUnfinished(INamedTypeSymbol type)
    {
        for (ISymbol current = type; current is not INamespaceSymbol { IsGlobalNamespace: true }; current = current.ContainingSymbol)
        {
            if (current.Name.Length == 0)
            {
                return true;
            }
        }

        return ((INamespaceOrTypeSymbol)type.ContainingSymbol).GetTypeMembers(type.Name, type.Arity).Length > 1;
    }

    /// <summary>What makes points of the type impossible, or members of it in another file.</summary>
    public static string? Oddity(INamedTypeSymbol type) => type switch
    {
        { IsStatic: true } => "static",
        { IsRefLikeType: true } => "a ref struct",
        { IsFileLocal: true } => "local to its file",
        _ when Nesting.Containers(type).Any(container => container.IsFileLocal) => "inside a type that is local to its file",
        _ => null,
    };

    private static bool IsPartial(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Any(
        reference => reference.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));
}
