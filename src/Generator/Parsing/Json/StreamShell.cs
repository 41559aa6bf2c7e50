using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Typed.Generator.Analysis.Streams;

namespace Typed.Generator.Parsing.Json;

/// <summary>Checks that a type can be a stream: that it has instances, that members can be added to it, and that the assembly's module can list it.</summary>
internal static class StreamShell
{
    /// <summary>Whether instances of the type can be events at all.</summary>
    public static bool IsPossible(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false } && ShellParser.Oddity(type) is null;

    public static bool Check(DeclaredSymbol declared)
    {
        var type = declared.Type;
        var faults = Faults(type).ToArray();
        foreach (var (rule, fault) in faults)
        {
            declared.Report(rule, declared.Place, type.Name, fault);
        }

        return faults.Length == 0 && !ShellParser.IsUnfinished(type);
    }

    private static IEnumerable<(DiagnosticDescriptor Rule, string Fault)> Faults(INamedTypeSymbol type)
    {
        if (!IsPossible(type))
        {
            yield return (StreamRules.NotInstantiable, ShellParser.Oddity(type) ?? (type.IsAbstract ? "abstract" : "of another kind"));
            yield break;
        }

        if (!type.IsPartial())
        {
            yield return (StreamRules.NotPartial, "");
        }

        if (type.IsGenericType)
        {
            yield return (StreamRules.Generic, "");
        }

        if (!Nesting.IsVisibleInAssembly(type))
        {
            yield return (StreamRules.Inaccessible, SyntaxFacts.GetText(Nesting.EffectiveAccessibility(type)));
        }

        if (type.Has(KnownNames.TimeSeries))
        {
            yield return (StreamRules.SeriesToo, "");
        }

        if (Obsolescence.FindError(type) is { } obsolete)
        {
            yield return (StreamRules.Obsolete, obsolete.Name);
        }
    }
}
