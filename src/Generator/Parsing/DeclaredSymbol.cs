using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Typed.Generator.Rules;

namespace Typed.Generator.Parsing;

/// <summary>A declared type while it is read: the symbol, the attribute that declares it, and who hears of its problems.</summary>
internal sealed record DeclaredSymbol(INamedTypeSymbol Type, AttributeData Attribute, ProblemSink Problems)
{
    /// <summary>The type's name in the part with the attribute; other parts may have been emitted.</summary>
    public Location? Place =>
        (Attribute.ApplicationSyntaxReference?.GetSyntax().Parent?.Parent as TypeDeclarationSyntax)?.Identifier.GetLocation()
            ?? Type.Locations.FirstOrDefault();

    /// <summary>The member's name; the type's where the member is inherited, perhaps from another project.</summary>
    public Location? PlaceOf(ISymbol member) => IsOwn(member) ? member.Locations.FirstOrDefault() : Place;

    /// <summary>Where the symbol is declared, in whatever type of this project; the declared type's name where the symbol is another project's.</summary>
    public Location? PlaceInSource(ISymbol symbol) => symbol.Locations.FirstOrDefault(location => location.IsInSource) ?? Place;

    public bool IsOwn(ISymbol member) => SymbolEqualityComparer.Default.Equals(member.ContainingType, Type);

    public void Report(DiagnosticDescriptor rule, Location? location, params object[] arguments) => Problems.Report(rule, location, arguments);
}
