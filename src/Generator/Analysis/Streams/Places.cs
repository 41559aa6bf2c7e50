using Microsoft.CodeAnalysis;

namespace Typed.Generator.Analysis.Streams;

internal static class Places
{
    /// <summary>Where the symbol is declared; where that is another assembly, the declared class that reaches it.</summary>
    public static Location Of(ISymbol symbol, INamedTypeSymbol declared) =>
        symbol.Locations.FirstOrDefault(location => location.IsInSource) ?? declared.Locations[0];
}
