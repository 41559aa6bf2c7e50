using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Typed.Generator.Analysis;

namespace Typed.Generator.Parsing;

/// <summary>Checks that members can be added to a declared type: it and its containers are partial, none is generic, and the module sees it.</summary>
internal static class ShellParser
{
    public static bool Check(INamedTypeSymbol type, ProblemSink problems)
    {
        var fine = true;
        if (!IsPartial(type))
        {
            problems.Report(SeriesRules.NotPartial, type.Locations.FirstOrDefault(), type.Name);
            fine = false;
        }

        foreach (var container in Nesting.Containers(type))
        {
            if (!IsPartial(container))
            {
                problems.Report(SeriesRules.ContainerNotPartial, container.Locations.FirstOrDefault(), container.Name, type.Name);
                fine = false;
            }
        }

        if (type.IsGenericType || type.ContainingType is { IsGenericType: true })
        {
            problems.Report(SeriesRules.Generic, type.Locations.FirstOrDefault(), type.Name);
            fine = false;
        }

        if (Nesting.EffectiveAccessibility(type) is var access and (Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal))
        {
            problems.Report(SeriesRules.Inaccessible, type.Locations.FirstOrDefault(), type.Name, SyntaxFacts.GetText(access));
            fine = false;
        }

        return fine;
    }

    private static bool IsPartial(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Any(
        reference => reference.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));
}
