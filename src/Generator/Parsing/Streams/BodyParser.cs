using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Generator.Model.Streams;

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
        parser.AddObject(declared.Type);
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

        if (StoredTypeParser.Parse(type) is { Scalar: { Length: > 0 } scalar })
        {
            return _body.Add(type, new BodyType(BodyKind.Scalar, type.FullName(), type.IsValueType, scalar));
        }

        if (ItemTypes.Find(type) is var (kind, itemType))
        {
            var item = Find(itemType);
            return item == BodyTypes.Unsupported ? item : _body.Add(type, new BodyType(kind, type.FullName(), type.IsValueType, Item: item));
        }

        return type switch
        {
            INamedTypeSymbol { TypeKind: TypeKind.Enum } named => IsUsable(named)
                ? _body.Add(type, new BodyType(BodyKind.Enum, type.FullName(), IsValueType: true, Enum: EnumParser.Parse(named, _body)))
                : BodyTypes.Unsupported,
            INamedTypeSymbol named when named.HasError() => BodyTypes.Unsupported,
            INamedTypeSymbol named when named.IsFramework() => named.MetadataFullName() == "System.Text.Json.JsonElement"
                ? _body.Add(type, new BodyType(BodyKind.Element, type.FullName(), IsValueType: true))
                : BodyTypes.Unsupported,
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

    private int AddObject(INamedTypeSymbol type) => _body.AddObject(type, () => new ObjectParser(_body, type, Find).Parse());
}
