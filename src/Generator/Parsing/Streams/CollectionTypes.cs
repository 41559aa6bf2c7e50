using Microsoft.CodeAnalysis;
using Typed.Generator.Model.Streams;

namespace Typed.Generator.Parsing.Streams;

/// <summary>The lists, sets and dictionaries of .NET that bodies may hold, made and walked as System.Text.Json makes and walks them.</summary>
internal static class CollectionTypes
{
    private const string Generic = "System.Collections.Generic.";

    private const string Concurrent = "System.Collections.Concurrent.";

    private const string Immutable = "System.Collections.Immutable.";

    private static readonly BodyCollection s_list = new(Making.Standard);
    private static readonly BodyCollection s_set = new(Making.Set);
    private static readonly BodyCollection s_own = new(Making.Own);
    private static readonly BodyCollection s_queue = new(Making.Queue);

    private static readonly Dictionary<string, BodyCollection> s_lists = new(StringComparer.Ordinal)
    {
        [Generic + "List`1"] = new(Making.Standard, Walk.Count, ListQuery.Objects),
        [Generic + "IList`1"] = new(Making.Standard, Walk.Count, ListQuery.Values),
        [Generic + "IReadOnlyList`1"] = new(Making.Array, Walk.Count, ListQuery.Values),
        [Generic + "ICollection`1"] = s_list,
        [Generic + "IEnumerable`1"] = s_list,
        [Generic + "IReadOnlyCollection`1"] = s_list,
        [Generic + "ISet`1"] = s_set,
        [Generic + "IReadOnlySet`1"] = s_set,
        [Generic + "HashSet`1"] = s_set,
        [Generic + "SortedSet`1"] = s_own,
        [Generic + "LinkedList`1"] = s_own,
        ["System.Collections.ObjectModel.Collection`1"] = s_own,
        ["System.Collections.ObjectModel.ObservableCollection`1"] = s_own,
        [Generic + "Queue`1"] = s_queue,
        [Concurrent + "ConcurrentQueue`1"] = s_queue,
        [Immutable + "ImmutableArray`1"] = Made("ImmutableArray") with { Walk = Walk.Length, MayBeDefault = true },
        [Immutable + "ImmutableList`1"] = Made("ImmutableList"),
        [Immutable + "IImmutableList`1"] = Made("ImmutableList"),
        [Immutable + "ImmutableHashSet`1"] = Made("ImmutableHashSet"),
        [Immutable + "IImmutableSet`1"] = Made("ImmutableHashSet"),
        [Immutable + "ImmutableSortedSet`1"] = Made("ImmutableSortedSet"),
        [Immutable + "ImmutableQueue`1"] = Made("ImmutableQueue"),
        [Immutable + "IImmutableQueue`1"] = Made("ImmutableQueue"),
    };

    private static readonly Dictionary<string, BodyCollection> s_maps = new(StringComparer.Ordinal)
    {
        [Generic + "Dictionary`2"] = s_list,
        [Generic + "IDictionary`2"] = s_list,
        [Generic + "IReadOnlyDictionary`2"] = s_list,
        [Generic + "SortedDictionary`2"] = s_own,
        [Generic + "SortedList`2"] = s_own,
        [Concurrent + "ConcurrentDictionary`2"] = s_own,
        [Immutable + "ImmutableDictionary`2"] = Made("ImmutableDictionary"),
        [Immutable + "IImmutableDictionary`2"] = Made("ImmutableDictionary"),
        [Immutable + "ImmutableSortedDictionary`2"] = Made("ImmutableSortedDictionary"),
    };

    /// <summary>Arrays.</summary>
    public static BodyCollection Array { get; } = new(Making.Array, Walk.Length, ListQuery.Objects);

    /// <summary>The kind of list that the type is; null: none.</summary>
    public static BodyCollection? FindList(INamedTypeSymbol type) => Find(s_lists, type);

    /// <summary>The kind of dictionary that the type is; null: none.</summary>
    public static BodyCollection? FindMap(INamedTypeSymbol type) => Find(s_maps, type);

    private static BodyCollection Made(string factory) => new(Making.Factory, Factory: $"global::{Immutable}{factory}");

    private static BodyCollection? Find(Dictionary<string, BodyCollection> kinds, INamedTypeSymbol type) =>
        type is { Arity: > 0 } && kinds.TryGetValue(type.OriginalDefinition.MetadataFullName(), out var kind) && type.IsFramework() ? kind : null;
}
