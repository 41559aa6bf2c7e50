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
            if (SeriesMembers.Find(assembly, KnownNames.TypedModule) is { ConstructorArguments.Length: 1 } attribute && attribute.ConstructorArguments[0].Value is INamedTypeSymbol module)
            {
                references.Add(module.FullName());
            }
        }

        references.Sort(StringComparer.Ordinal);
        return new(Namespace(compilation.AssemblyName ?? "Declarations"), references.ToEquatableArray());
    }

    /// <summary>The assembly's name as a namespace, so that modules of different assemblies never share a name.</summary>
    private static string Namespace(string assembly) => string.Join(".", assembly.Split('.').Where(part => part.Length > 0).Select(Identifier));

    private static string Identifier(string part)
    {
        var name = new string([.. part.Select(c => char.IsLetterOrDigit(c) || c == '_' ? c : '_')]);
        return Emission.CSharp.Identifier(char.IsDigit(name[0]) ? "_" + name : name);
    }
}
