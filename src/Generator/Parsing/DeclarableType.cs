using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Typed.Generator.Parsing;

/// <summary>The rules on what a declared type is; series and streams each have their own. Each message has the type's name, then what is wrong.</summary>
internal sealed record TypeRules(
    DiagnosticDescriptor NoInstances, DiagnosticDescriptor Generic, DiagnosticDescriptor Inaccessible, DiagnosticDescriptor Obsolete);

/// <summary>Checks that a type can be declared at all: that it has instances, that the assembly's module can list it, and that code may use it.</summary>
internal static class DeclarableType
{
    /// <summary>Whether anything can be emitted for the type; reports what is in the way.</summary>
    /// <param name="declared">The type.</param>
    /// <param name="obstacle">What makes instances impossible, in words; null: nothing does.</param>
    /// <param name="rules">What is reported.</param>
    public static bool Check(DeclaredSymbol declared, string? obstacle, TypeRules rules)
    {
        var type = declared.Type;
        var isPossible = !IsUnfinished(type);
        void Report(DiagnosticDescriptor rule, string fault = "")
        {
            declared.Report(rule, declared.Place, type.Name, fault);
            isPossible = false;
        }

        if (type.IsGenericType)
        {
            Report(rules.Generic);
        }

        if (obstacle is not null)
        {
            Report(rules.NoInstances, obstacle);
        }
        else if (!Nesting.IsVisibleInAssembly(type))
        {
            Report(rules.Inaccessible, SyntaxFacts.GetText(Nesting.EffectiveAccessibility(type)));
        }

        if (Obsolescence.FindError(type) is { } obsolete)
        {
            Report(rules.Obsolete, obsolete.Name);
        }

        return isPossible;
    }

    /// <summary>What makes instances of the type impossible, or members of it in another file, in words; null: nothing does.</summary>
    public static string? FindObstacle(INamedTypeSymbol type) => type switch
    {
        { IsStatic: true } => "static",
        { IsRefLikeType: true } => "a ref struct",
        { IsFileLocal: true } => "local to its file",
        _ when Nesting.Containers(type).Any(container => container.IsFileLocal) => "inside a type that is local to its file",
        _ => null,
    };

    /// <summary>Whether the type, or something around it, has no name yet, or the type has a name that another one has too. The compiler complains.</summary>
    private static bool IsUnfinished(INamedTypeSymbol type)
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
}
