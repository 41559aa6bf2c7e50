using Microsoft.CodeAnalysis;
using Typed.Generator.Model;

namespace Typed.Generator.Parsing;

/// <summary>
/// Where an assembly's module goes: into a namespace called like the assembly, so that modules of different assemblies never share a name. Mostly the project
/// has that namespace anyway. Where it has not, all code around the first new part sees that name, before what the usings bring: in an assembly <c>Console</c>
/// no <c>Console.WriteLine</c> would compile. A part that would hide something so gets an underscore.
/// </summary>
internal static class ModulePlace
{
    private const string Name = "TypedModule";

    public static (string Namespace, string Name) Find(Compilation compilation)
    {
        List<string> parts = [];
        Stack<INamespaceSymbol> around = new([compilation.GlobalNamespace]);
        var isNew = false;
        foreach (var part in (compilation.AssemblyName ?? "").Split('.').Where(part => part.Length > 0).DefaultIfEmpty("Declarations"))
        {
            var name = Valid(part);
            if (!isNew && Child(around.Peek(), name) is null)
            {
                name = CSharp.Free(name, taken => HasType(around.Peek(), taken) || HiddenNames.HidesAny(compilation, around, taken));
            }

            parts.Add(CSharp.Identifier(name));
            if (!isNew && Child(around.Peek(), name) is { } next)
            {
                around.Push(next);
            }
            else
            {
                isNew = true; // nobody's code is in there
            }
        }

        return (string.Join(".", parts), isNew ? Name : CSharp.Free(Name, taken => HasType(around.Peek(), taken) || Child(around.Peek(), taken) is not null));
    }

    private static INamespaceSymbol? Child(INamespaceSymbol ns, string name) => ns.GetNamespaceMembers().FirstOrDefault(member => member.Name == name);

    /// <summary>Whether the namespace has a type of that name: an assembly <c>Shop.Orders</c> may well declare a <c>Shop.Orders</c>.</summary>
    private static bool HasType(INamespaceSymbol ns, string name) => ns.GetTypeMembers(name, 0).Any(type => !type.IsEmitted());

    private static string Valid(string part)
    {
        var name = new string([.. part.Select(c => char.IsLetterOrDigit(c) || c == '_' ? c : '_')]);
        return char.IsDigit(name[0]) ? "_" + name : name;
    }
}
