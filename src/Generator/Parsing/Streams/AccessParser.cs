using Microsoft.CodeAnalysis;
using Typed.Generator.Model.Streams;
using Typed.Generator.Rules;

namespace Typed.Generator.Parsing.Streams;

/// <summary>Finds how emitted code gets at the members of one object.</summary>
internal sealed class AccessParser(BodyTypes body, INamedTypeSymbol type)
{
    /// <summary>The way to the member; null where it leads through a class that code cannot name, which is reported.</summary>
    /// <param name="symbol">The member.</param>
    /// <param name="gets">Whether the member is read.</param>
    /// <param name="sets">Whether it is set on an instance.</param>
    public BodyAccess? Parse(ISymbol symbol, bool gets, bool sets)
    {
        var level = Readability.Hiding(type, symbol) is null ? null : symbol.ContainingType.FullName();
        var get = gets && !IsGettable(symbol) ? AccessorParser.Getter(symbol) : null;
        var set = sets && !IsSettable(symbol) ? AccessorParser.Setter(symbol) : null;
        if ((level is not null || get is not null || set is not null) && body.FindAliased(symbol.ContainingType) is { } aliased)
        {
            body.Report(
                StreamRules.Constructor, type, type.Name,
                $"emitted code reaches {symbol.Name} through {aliased.Name} only, which is known by an alias; {References.Remedy(aliased)}");
            return null;
        }

        return new BodyAccess(symbol.Name, level, get, set);
    }

    private bool IsGettable(ISymbol symbol) => IsAccessible(symbol, symbol is IPropertySymbol property ? property.GetMethod! : symbol);

    private bool IsSettable(ISymbol symbol) => symbol is IPropertySymbol property
        ? property.SetMethod is { IsInitOnly: false } setter && IsAccessible(symbol, setter)
        : IsAccessible(symbol, symbol);

    private bool IsAccessible(ISymbol symbol, ISymbol accessed) =>
        body.IsAccessible(accessed, Readability.Hiding(type, symbol) is null ? type : symbol.ContainingType);
}
