using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Parsing;
using Typed.Generator.Rules;

namespace Typed.Generator.Analysis;

/// <summary>
/// Reports members of a series that hold something which nothing keeps: those with EF Core's [Key], and, where the series has no key, all that are not marked.
/// Beside a key they may well be meant for the program alone.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnmarkedMemberAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] s_known = [.. KnownNames.MemberAttributes, KnownNames.EventTime, KnownNames.NotMapped];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SeriesRules.Unmarked];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!type.Has(KnownNames.TimeSeries))
        {
            return;
        }

        var hasKey = HasKey(type);
        foreach (var member in type.GetMembers().Where(Holds))
        {
            var isEntityKey = Has(member, KnownNames.Key);
            if ((isEntityKey || !hasKey) && !s_known.Any(name => Has(member, name)))
            {
                context.ReportDiagnostic(Diagnostic.Create(SeriesRules.Unmarked, member.Locations.FirstOrDefault(), member.Name, isEntityKey
                    ? "[Key] is EF Core's: write [SeriesKey]"
                    : "without a key all points are one stat: write [SeriesKey], or [NotMapped] where that is meant"));
            }
        }
    }

    /// <summary>Whether there is [SeriesKey] anywhere, be it where it has no effect, of which another rule speaks.</summary>
    private static bool HasKey(INamedTypeSymbol? type) =>
        type is not null && (HasKey(type.BaseType) || type.GetMembers().Any(member => member.Has(KnownNames.SeriesKey)
            || (member as IMethodSymbol)?.Parameters.Any(parameter => parameter.Has(KnownNames.SeriesKey)) == true));

    /// <summary>Whether the member holds something of each instance that others can see.</summary>
    private static bool Holds(ISymbol member) =>
        member is { IsStatic: false, DeclaredAccessibility: Accessibility.Public or Accessibility.Internal, Name.Length: > 0 }
        && !member.IsEmitted() && member switch
        {
            IFieldSymbol { AssociatedSymbol: null } => true,
            IPropertySymbol { IsIndexer: false, GetMethod: not null } property => property.ContainingType.GetMembers().OfType<IFieldSymbol>()
                .Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property)),
            _ => false,
        };

    /// <summary>Whether the member has the attribute, or the parameter that it stands for.</summary>
    private static bool Has(ISymbol member, string attribute) => member.Has(attribute) || member.ContainingType.InstanceConstructors
        .SelectMany(constructor => constructor.Parameters)
        .Any(parameter => parameter.Name == member.Name && parameter.Has(attribute) && MarkedMembers.PropertyOf(parameter) is not null);
}
