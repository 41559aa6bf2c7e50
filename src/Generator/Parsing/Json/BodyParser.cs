using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Generator.Model.Json;

namespace Typed.Generator.Parsing.Json;

/// <summary>The model of a body, and the symbols that its code speaks of.</summary>
internal sealed record ParsedBody(BodyModel Model, IReadOnlyList<ISymbol> Used);

/// <summary>From the declared class to the model of its JSON: finds every type that it reaches. What is wrong is reported and left out.</summary>
internal sealed class BodyParser(Compilation compilation, INamedTypeSymbol within, string naming, Action<BodyProblem>? report)
{
    public const int Unsupported = -1;

    public const string Map = "System.Collections.Generic.Dictionary`2";

    public const string MapInterface = "System.Collections.Generic.IDictionary`2";

    public const string ReadOnlyMap = "System.Collections.Generic.IReadOnlyDictionary`2";

    private readonly List<BodyType?> _types = [];
    private readonly List<ISymbol> _used = [];
    private readonly Dictionary<ITypeSymbol, int> _known = new(SymbolEqualityComparer.Default);
    private readonly OpenObjects _open = new();

    public string Naming => naming;

    public Action<BodyProblem>? Report => report;

    public Compilation Compilation => compilation;

    public static ParsedBody Parse(Compilation compilation, INamedTypeSymbol declared, string naming, Action<BodyProblem>? report = null)
    {
        var parser = new BodyParser(compilation, declared, naming, report);
        parser.AddObject(declared);
        return new ParsedBody(new BodyModel(parser._types.Select(type => type!).ToEquatableArray()), parser._used);
    }

    /// <summary>Takes note of a symbol that emitted code will speak of.</summary>
    public void Use(ISymbol symbol)
    {
        _used.Add(symbol);
        foreach (var argument in (symbol as INamedTypeSymbol)?.TypeArguments ?? [])
        {
            Use(argument);
        }
    }

    /// <summary>Whether emitted code may name the symbol; a member of an instance, through the type that it is seen as.</summary>
    public bool IsAccessible(ISymbol symbol, ITypeSymbol? through = null) => compilation.IsSymbolAccessibleWithin(symbol, within, through);

    /// <summary>What emitted code cannot name of a type that it may, since its reference has an alias only; null: nothing.</summary>
    public INamedTypeSymbol? FindAliased(ITypeSymbol type) => References.FindAliased(type, within.ContainingAssembly);

    /// <summary>The index of the type, or <see cref="Unsupported"/>.</summary>
    public int Find(ITypeSymbol type)
    {
        if (_known.TryGetValue(type, out var index))
        {
            return index;
        }

        if (ScalarTypes.Find(type) is { } scalar)
        {
            return Add(type, new BodyType(BodyKind.Scalar, type.FullName(), type.IsValueType, scalar));
        }

        return type switch
        {
            IArrayTypeSymbol { Rank: 1 } array => AddItems(type, BodyKind.Array, array.ElementType),
            INamedTypeSymbol { TypeKind: TypeKind.Enum } named => IsAccessible(named) && FindAliased(named) is null && JsonAttributes.FindUnsupported(named) is null
                ? Add(type, new BodyType(BodyKind.Enum, type.FullName(), IsValueType: true, Enum: EnumParser.Parse(named, report)))
                : Unsupported,
            INamedTypeSymbol named when named.HasError() => Unsupported,
            INamedTypeSymbol named when named.IsFramework() => FindFramework(named),
            INamedTypeSymbol named when IsObject(named) && Refusal(named).Length == 0 => AddObject(named),
            _ => Unsupported,
        };
    }

    /// <summary>Why the type cannot be held although it looks like one that could; empty: no such reason.</summary>
    public string Refusal(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Refusal(array.ElementType),
        INamedTypeSymbol named when EmittedNames.IsEmitted(named) && SymbolEqualityComparer.Default.Equals(named.ContainingAssembly, within.ContainingAssembly) =>
            ": the generator itself adds it, and does not see it when it writes the JSON; declare its members instead",
        INamedTypeSymbol named when _open.IsGrowing(named) => ": it holds itself with ever deeper type arguments",
        INamedTypeSymbol named => named.TypeArguments.Select(Refusal).FirstOrDefault(reason => reason.Length > 0) ?? string.Empty,
        _ => string.Empty,
    };

    /// <summary>Whether serializers see a list in the type, rather than its members.</summary>
    public static bool IsCollection(INamedTypeSymbol type) =>
        type.SpecialType == SpecialType.System_Collections_IEnumerable || type.AllInterfaces.Any(face => face.SpecialType == SpecialType.System_Collections_IEnumerable);

    public BodyType Type(int index) => _types[index] ?? new BodyType(BodyKind.Object, string.Empty, IsValueType: false);

    public bool IsOpen(int index) => _open.Contains(index);

    private int FindFramework(INamedTypeSymbol type) => type.OriginalDefinition.MetadataFullName() switch
    {
        "System.Nullable`1" => AddItems(type, BodyKind.Nullable, type.TypeArguments[0]),
        "System.Collections.Generic.List`1" => AddItems(type, BodyKind.List, type.TypeArguments[0]),
        "System.Collections.Generic.IReadOnlyList`1" => AddItems(type, BodyKind.ReadOnlyList, type.TypeArguments[0]),
        Map or MapInterface or ReadOnlyMap when type.TypeArguments[0].SpecialType == SpecialType.System_String => AddItems(type, BodyKind.Map, type.TypeArguments[1]),
        "System.Text.Json.JsonElement" => Add(type, new BodyType(BodyKind.Element, type.FullName(), IsValueType: true)),
        _ => Unsupported,
    };

    private bool IsObject(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class or TypeKind.Struct, IsStatic: false, IsRefLikeType: false, IsAnonymousType: false, IsUnboundGenericType: false }
        && IsAccessible(type)
        && FindAliased(type) is null
        && !IsCollection(type)
        && JsonAttributes.FindUnsupported(type) is null;

    private int AddItems(ITypeSymbol type, BodyKind kind, ITypeSymbol itemType)
    {
        var item = Find(itemType);
        return item == Unsupported ? Unsupported : Add(type, new BodyType(kind, type.FullName(), type.IsValueType, Item: item));
    }

    private int AddObject(INamedTypeSymbol type)
    {
        var index = Add(type, null);
        _open.Enter(index, type);
        var shape = new ObjectParser(this, type).Parse();
        _open.Leave();
        _types[index] = new BodyType(BodyKind.Object, type.FullName(), type.IsValueType, Object: shape);
        return index;
    }

    private int Add(ITypeSymbol type, BodyType? model)
    {
        // An element may have led here on its own.
        if (_known.TryGetValue(type, out var known))
        {
            return known;
        }

        Use(type);
        _types.Add(model);
        _known.Add(type, _types.Count - 1);
        return _types.Count - 1;
    }
}
