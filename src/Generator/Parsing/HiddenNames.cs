using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Typed.Generator.Parsing;

/// <summary>What a new namespace would hide from a project's code.</summary>
internal static class HiddenNames
{
    /// <summary>Whether code may mean something else by that name: a namespace or type further out, a series type, or what a using brings.</summary>
    /// <param name="compilation">The project.</param>
    /// <param name="around">The namespaces around the new one, the innermost first.</param>
    /// <param name="name">The name of the new one.</param>
    public static bool HidesAny(Compilation compilation, IEnumerable<INamespaceSymbol> around, string name) =>
        Enum.IsDefined(typeof(SeriesType), name)
        || around.Skip(1).Any(outer => outer.GetMembers(name).Any(IsNamed))
        || IsImported(compilation, name);

    private static bool IsNamed(INamespaceOrTypeSymbol member) => member is INamespaceSymbol or INamedTypeSymbol { Arity: 0 };

    /// <summary>Whether a using brings a type of that name. The cheap question comes first: nearly always no assembly has the name at all.</summary>
    private static bool IsImported(Compilation compilation, string name)
    {
        var spaces = compilation.SourceModule.ReferencedAssemblySymbols.Prepend(compilation.Assembly)
            .Where(assembly => assembly.TypeNames.Contains(name))
            .SelectMany(assembly => Declaring(assembly.GlobalNamespace, name, assembly.Equals(compilation.Assembly, SymbolEqualityComparer.Default)))
            .Select(space => space.ToDisplayString())
            .ToArray();
        return spaces.Length > 0 && Usings(compilation).Any(directive => directive.Alias is null && spaces.Any(space => Names(directive, space)));
    }

    private static IEnumerable<INamespaceSymbol> Declaring(INamespaceSymbol space, string name, bool isOwn)
    {
        var here = space.GetTypeMembers(name, 0).Any(type => (isOwn || type.DeclaredAccessibility == Accessibility.Public) && !type.IsEmitted());
        return space.GetNamespaceMembers().SelectMany(inner => Declaring(inner, name, isOwn)).Concat(here ? [space] : []);
    }

    private static IEnumerable<UsingDirectiveSyntax> Usings(Compilation compilation) => compilation.SyntaxTrees
        .SelectMany(tree => tree.GetRoot().DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<UsingDirectiveSyntax>());

    /// <summary>Whether the directive names the namespace; a directive inside another namespace may leave out the beginning.</summary>
    private static bool Names(UsingDirectiveSyntax directive, string space)
    {
        var text = directive.NamespaceOrType.ToString();
        text = text.StartsWith("global::", StringComparison.Ordinal) ? text.Substring("global::".Length) : text;
        return space == text || space.EndsWith("." + text, StringComparison.Ordinal);
    }
}
