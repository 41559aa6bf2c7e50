using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Generator.Model.Streams;
using Typed.Generator.Rules;

namespace Typed.Generator.Parsing.Streams;

/// <summary>The series that the events of a stream feed. One that cannot be fed is reported and left out.</summary>
internal static class FeedParser
{
    private const string Later = "Later";

    public static EquatableArray<FeedModel> Parse(DeclaredSymbol declared)
    {
        List<FeedModel> feeds = [];
        foreach (var attribute in Attributes(declared.Type))
        {
            var place = Place(attribute);
            var series = attribute.AttributeClass!.TypeArguments[0];
            if (series is not INamedTypeSymbol named || !named.Has(KnownNames.TimeSeries))
            {
                // The compiler complains of a type that is not there.
                if (series.TypeKind != TypeKind.Error)
                {
                    declared.Report(FeedRules.NoSeries, place, series.Name);
                }

                continue;
            }

            if (Find(declared, named, attribute, place) is not { } method || !IsExtended(named))
            {
                continue;
            }

            var isLater = attribute.Argument<bool>(Later);
            if (isLater && !declared.Attribute.Argument<bool>("Follow"))
            {
                declared.Report(FeedRules.NotFollowed, AttributeArguments.Location(attribute, Later), declared.Type.Name, named.Name);
                continue;
            }

            var feed = new FeedModel(
                named.FullName(), $"{declared.Type.FullName()}.{CSharp.Identifier(method.Name)}", KindOf(method.ReturnType, named)!.Value, isLater);
            if (feeds.Contains(feed) || feeds.Contains(feed with { IsLater = !isLater }))
            {
                declared.Report(FeedRules.Twice, place, declared.Type.Name, named.Name, method.Name);
            }
            else
            {
                feeds.Add(feed);
            }
        }

        return feeds.ToEquatableArray();
    }

    public static IEnumerable<AttributeData> Attributes(INamedTypeSymbol type) =>
        type.GetAttributes().Where(attribute => attribute.AttributeClass is { Name: "FeedsAttribute", Arity: 1 } feed
            && string.Equals(feed.MetadataFullName(), KnownNames.Feeds, StringComparison.Ordinal));

    public static Location? Place(AttributeData attribute) => attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation();

    private static IMethodSymbol? Find(DeclaredSymbol declared, INamedTypeSymbol series, AttributeData attribute, Location? place)
    {
        var type = declared.Type;
        var name = attribute.ConstructorArguments.FirstOrDefault().Value as string;
        var methods = type.GetMembers().OfType<IMethodSymbol>().Where(method => name is null || method.Name == name).ToArray();
        var fitting = methods.Where(method => IsFit(method, type, series)).ToArray();
        if (fitting.Length == 1)
        {
            return fitting[0];
        }

        var wanted = $"public static {series.Name} {name ?? "From"}({type.Name} e)";
        declared.Report(FeedRules.Method, place, type.Name, series.Name, fitting.Length > 1
            ? $"{string.Join(" and ", fitting.Select(method => $"'{method.Name}'"))} make points of it; "
                + $"name one, as in [Feeds<{series.Name}>(nameof({fitting[0].Name}))]"
            : name is null ? $"no static method of it takes a {type.Name} and gives a {series.Name} or an IEnumerable of them; add {wanted}"
            : methods.Length == 0 ? $"it has no method '{name}'; add {wanted}"
            : $"'{name}' is to be static, take a {type.Name} and give a {series.Name} or an IEnumerable of them, as {wanted} does");
        return null;
    }

    private static bool IsFit(IMethodSymbol method, INamedTypeSymbol type, INamedTypeSymbol series) =>
        method is { IsStatic: true, IsGenericMethod: false, MethodKind: MethodKind.Ordinary, Parameters.Length: 1, RefKind: RefKind.None }
        && method.Parameters[0].RefKind == RefKind.None
        && SymbolEqualityComparer.Default.Equals(method.Parameters[0].Type, type)
        && KindOf(method.ReturnType, series) is not null;

    private static FeedKind? KindOf(ITypeSymbol given, INamedTypeSymbol series)
    {
        if (SymbolEqualityComparer.Default.Equals(given, series))
        {
            return series.IsValueType ? FeedKind.OneOfStructs : FeedKind.One;
        }

        if (given is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            && SymbolEqualityComparer.Default.Equals(nullable.TypeArguments[0], series))
        {
            return FeedKind.OneOfStructs;
        }

        // An array has its interfaces too.
        return given.AllInterfaces.Concat(given is INamedTypeSymbol own ? [own] : []).Any(one =>
            one.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T
            && SymbolEqualityComparer.Default.Equals(one.TypeArguments[0], series)) ? FeedKind.Many : null;
    }

    /// <summary>Whether the series has its API: one in source that nothing can be added to has not, and is reported for itself.</summary>
    private static bool IsExtended(INamedTypeSymbol series) => !series.Locations.Any(place => place.IsInSource)
        || (series is { IsGenericType: false } && series.IsPartial() && Nesting.Containers(series).All(container => container.IsPartial())
            && DeclarableType.FindObstacle(series) is null);
}
