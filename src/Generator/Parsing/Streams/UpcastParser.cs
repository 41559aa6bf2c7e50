using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Generator.Model.Streams;
using Typed.Generator.Rules;

namespace Typed.Generator.Parsing.Streams;

/// <summary>The chain of methods that lead from earlier versions of a class to that of today.</summary>
internal sealed class UpcastParser(BodyTypes body, DeclaredSymbol declared, Func<ITypeSymbol, int> findType)
{
    /// <summary>The version that the attribute says; a wrong one is reported and gives way to the first.</summary>
    public static int Version(DeclaredSymbol declared)
    {
        if (AttributeArguments.Value(declared.Attribute, "Version").Value is not int version)
        {
            return 1;
        }

        if (version < 1)
        {
            declared.Report(StreamRules.Upcast, AttributeArguments.Location(declared.Attribute, "Version"), declared.Type.Name, "versions count from 1");
        }

        return Math.Max(1, version);
    }

    /// <summary>The ways from earlier versions, the latest first. One that cannot be gone is reported, and ends the chain.</summary>
    public IReadOnlyList<BodyUpcast> Parse(int version)
    {
        List<BodyUpcast> chain = [];
        var type = declared.Type;
        for (var older = version - 1; Find(type) is { } method; older--)
        {
            if (older < 1)
            {
                Report(method, version == 1 ? "the class has no Version, such as Version = 2" : "there is no version before the first");
                break;
            }

            if (Fault(method, type) is { } fault)
            {
                Report(method, fault);
                break;
            }

            var from = (INamedTypeSymbol)method.Parameters[0].Type;
            if (findType(from) is not (>= 0 and var index) || body.Get(index).Kind != BodyKind.Object)
            {
                Report(method, $"events cannot be a {from.Name}");
                break;
            }

            body.Use(method);
            chain.Add(new BodyUpcast(index, $"{type.FullName()}.{CSharp.Identifier(method.Name)}", older));
            type = from;
        }

        if (version > 1 && Find(declared.Type) is null)
        {
            declared.Report(StreamRules.Upcast, AttributeArguments.Location(declared.Attribute, "Version"), declared.Type.Name,
                $"no static method with [Upcast] makes one from version {version - 1}");
        }

        return chain;
    }

    private static IMethodSymbol? Find(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(method => method.Has(KnownNames.Upcast));

    private string? Fault(IMethodSymbol method, INamedTypeSymbol type) => method switch
    {
        { IsStatic: false } or { IsGenericMethod: true } or { Parameters.Length: not 1 } =>
            "the method is to be static, with the earlier version as its parameter",
        _ when !SymbolEqualityComparer.Default.Equals(method.ReturnType, type) => $"the method is to return a {type.Name}",
        _ when method.Parameters[0] is not { Type: INamedTypeSymbol from, RefKind: RefKind.None } || SymbolEqualityComparer.Default.Equals(from, type) =>
            "its parameter is to be the class of the version before",
        _ when !body.IsAccessible(method) => "emitted code cannot call the method; make it at least internal",
        _ when type.GetMembers().OfType<IMethodSymbol>().Count(one => one.Has(KnownNames.Upcast)) > 1 => "several of its methods have [Upcast]; keep one",
        _ => null,
    };

    private void Report(ISymbol symbol, string fault) => body.Report(StreamRules.Upcast, symbol, declared.Type.Name, fault);
}
