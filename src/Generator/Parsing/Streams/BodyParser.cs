using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Generator.Model.Streams;
using Typed.Generator.Rules;

namespace Typed.Generator.Parsing.Streams;

/// <summary>The model of a body, and the symbols that its code speaks of.</summary>
internal sealed record ParsedBody(BodyModel Model, IReadOnlyList<ISymbol> Used);

/// <summary>From the declared class to the model of its JSON: finds every type that it reaches. What is wrong is reported and left out.</summary>
internal sealed class BodyParser
{
    private readonly BodyTypes _body;

    private BodyParser(BodyTypes body) => _body = body;

    public static ParsedBody Parse(Compilation compilation, DeclaredSymbol declared, string naming)
    {
        var body = new BodyTypes(compilation, declared, naming);
        var parser = new BodyParser(body);
        parser.AddRoot(declared.Type);
        var version = UpcastParser.Version(declared);
        var upcasts = new UpcastParser(body, declared, parser.Find).Parse(version);
        var model = body.ToModel();
        return new ParsedBody(version == 1 ? model : WithVersion(model, version, upcasts), body.Used);
    }

    // No version of the class takes the version for a member that it does not know.
    private static BodyModel WithVersion(BodyModel model, int version, IReadOnlyList<BodyUpcast> upcasts)
    {
        var versions = new HashSet<int>(upcasts.Select(upcast => upcast.Type)) { 0 };
        var types = model.Types.Select((type, i) => !versions.Contains(i) || type.Object is not { } shape ? type
            : type with { Object = shape with { Skipped = shape.Skipped.Append(BodyModel.VersionMember).ToEquatableArray() } });
        return new BodyModel(types.ToEquatableArray()) { Version = version, Upcasts = upcasts.ToEquatableArray() };
    }

    /// <summary>The index of the type, or <see cref="BodyTypes.Unsupported"/>.</summary>
    private int Find(ITypeSymbol type)
    {
        if (_body.TryFind(type, out var index))
        {
            return index;
        }

        if (JsonAttributes.FindConverter(type) is { } attribute)
        {
            return ConverterParser.Find(_body, attribute, type, out _) is var (model, _) ? _body.Add(type, model) : BodyTypes.Unsupported;
        }

        if (ScalarTypes.Find(type) is { } scalar)
        {
            return _body.Add(type, new BodyType(BodyKind.Scalar, type.FullName(), type.IsValueType, scalar));
        }

        if (ItemTypes.Find(type) is { } held)
        {
            var item = Find(held.Item);
            var key = held.Key is null ? item : Find(held.Key);
            return item == BodyTypes.Unsupported || key == BodyTypes.Unsupported || IsNoKey(held, key) ? BodyTypes.Unsupported
                : _body.Add(type, new BodyType(held.Kind, type.FullName(), type.IsValueType, Item: item, Key: key, Collection: held.Collection));
        }

        return type switch
        {
            INamedTypeSymbol { TypeKind: TypeKind.Enum } named => IsUsable(named)
                ? _body.Add(type, new BodyType(BodyKind.Enum, type.FullName(), IsValueType: true, Enum: EnumParser.Parse(named, _body)))
                : BodyTypes.Unsupported,
            INamedTypeSymbol named when named.HasError() => BodyTypes.Unsupported,
            INamedTypeSymbol named when named.IsFramework() => named.MetadataFullName() == "System.Text.Json.JsonElement"
                ? _body.Add(type, new BodyType(BodyKind.Element, type.FullName(), IsValueType: true))
                : ConverterParser.FindNode(named) is { } node ? _body.Add(type, node) : BodyTypes.Unsupported,
            INamedTypeSymbol named when UnionParser.IsUnion(named) && IsUsable(named) && !ItemTypes.IsCollection(named) => AddUnion(named),
            INamedTypeSymbol named when IsObject(named) && Refusal.FindHidden(named, _body).Length == 0 => AddObject(named),
            _ => BodyTypes.Unsupported,
        };
    }

    private bool IsObject(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class or TypeKind.Struct, IsStatic: false, IsRefLikeType: false, IsAnonymousType: false, IsUnboundGenericType: false }
        && IsUsable(type)
        && !ItemTypes.IsCollection(type);

    /// <summary>Whether emitted code can name the type, and no attribute asks for JSON that is not supported.</summary>
    private bool IsUsable(INamedTypeSymbol type) => _body.IsAccessible(type) && _body.FindAliased(type) is null && JsonAttributes.FindUnsupported(type) is null;

    private bool IsNoKey(Held held, int key) => held.Key is not null && _body.Get(key).Kind is not (BodyKind.Scalar or BodyKind.Enum);

    private int AddRoot(INamedTypeSymbol type) => UnionParser.IsUnion(type) ? AddUnion(type) : AddObject(type);

    private int AddObject(INamedTypeSymbol type)
    {
        if (JsonAttributes.FindPolymorphic(type) is not null)
        {
            _body.Report(StreamRules.JsonAttribute, type, type.Name,
                "has [JsonPolymorphic], but no [JsonDerivedType]; name the classes that may stand for it, or remove the attribute");
        }

        return _body.AddObject(type, () => ParseObject(type));
    }

    private int AddUnion(INamedTypeSymbol type) => _body.AddUnion(type, () => new UnionParser(_body, type, FindObject, FindShape).Parse());

    /// <summary>The class as an object, whatever may stand for it elsewhere.</summary>
    private int FindObject(INamedTypeSymbol type) => UnionParser.IsUnion(type) ? _body.FindSelf(type, () => ParseObject(type))
        : Find(type) is var index && index >= 0 && _body.Get(index).Kind == BodyKind.Object ? index : BodyTypes.Unsupported;

    /// <summary>A class without instances as an object, of which there is only what the classes below it have of it.</summary>
    private int FindShape(INamedTypeSymbol type) => _body.FindSelf(type, () => ParseObject(type, isMade: false));

    private BodyObject ParseObject(INamedTypeSymbol type, bool isMade = true) => new ObjectParser(_body, type, Find).Parse(isMade);
}
