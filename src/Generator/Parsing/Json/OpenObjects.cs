using Microsoft.CodeAnalysis;

namespace Typed.Generator.Parsing.Json;

/// <summary>Objects whose members are being looked at: what leads back to one of them is recursive.</summary>
internal sealed class OpenObjects
{
    /// <summary>So many of one generic class inside each other, each with deeper arguments than the one before, will not come to an end.</summary>
    private const int MaxGrowth = 4;

    private readonly List<(int Index, INamedTypeSymbol Type)> _open = [];

    public void Enter(int index, INamedTypeSymbol type) => _open.Add((index, type));

    public void Leave() => _open.RemoveAt(_open.Count - 1);

    public bool Contains(int index) => _open.Exists(open => open.Index == index);

    /// <summary>Whether the class holds itself with ever deeper type arguments, as <c>Node&lt;T&gt;</c> with a <c>Node&lt;List&lt;T&gt;&gt;</c> does.</summary>
    public bool IsGrowing(INamedTypeSymbol type)
    {
        var depth = Depth(type);
        return _open.Count(open => SymbolEqualityComparer.Default.Equals(open.Type.OriginalDefinition, type.OriginalDefinition) && Depth(open.Type) < depth) >= MaxGrowth;
    }

    private static int Depth(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => 1 + Depth(array.ElementType),
        INamedTypeSymbol named => named.AllTypeArguments().Select(argument => 1 + Depth(argument)).DefaultIfEmpty().Max(),
        _ => 0,
    };
}
