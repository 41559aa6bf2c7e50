using Microsoft.CodeAnalysis;
using Typed.Generator.Model;

namespace Typed.Generator.Parsing;

/// <summary>Finds the modules of referenced assemblies, and where this assembly's module goes.</summary>
internal static class ModuleParser
{
    public static ModuleModel Parse(Compilation compilation, CancellationToken cancellationToken)
    {
        List<string> references = [];
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (assembly.Attribute(KnownNames.TypedModule) is { ConstructorArguments.Length: 1 } attribute && attribute.ConstructorArguments[0].Value is INamedTypeSymbol module)
            {
                references.Add(module.FullName());
            }
        }

        references.Sort(StringComparer.Ordinal);
        var (ns, name) = Place(compilation);
        return new(ns, name, references.ToEquatableArray());
    }

    /// <summary>The assembly's name as a namespace, so that modules of different assemblies never share a name.</summary>
    private static (string Namespace, string Name) Place(Compilation compilation)
    {
        List<string> parts = [];
        var at = compilation.GlobalNamespace;
        foreach (var part in (compilation.AssemblyName ?? "").Split('.').Where(part => part.Length > 0).DefaultIfEmpty("Declarations"))
        {
            var name = Free(at, Valid(part));
            parts.Add(Emission.CSharp.Identifier(name));
            at = at?.GetNamespaceMembers().FirstOrDefault(member => member.Name == name);
        }

        return (string.Join(".", parts), Free(at, "TypedModule"));
    }

    /// <summary>A name that no type has there: assembly <c>Shop.Orders</c> may well declare a <c>Shop.Orders</c>.</summary>
    private static string Free(INamespaceSymbol? ns, string name)
    {
        while (ns?.GetTypeMembers(name).Any(type => type.Arity == 0 && !EmittedNames.IsEmitted(type)) == true)
        {
            name += "_";
        }

        return name;
    }

    private static string Valid(string part)
    {
        var name = new string([.. part.Select(c => char.IsLetterOrDigit(c) || c == '_' ? c : '_')]);
        return char.IsDigit(name[0]) ? "_" + name : name;
    }
}
