using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Generator.Model.Json;
using Typed.Schema.Json;

namespace Typed.Generator.Parsing.Json;

/// <summary>The members of one class, record or struct, and how it is made.</summary>
internal sealed class ObjectParser(BodyParser body, INamedTypeSymbol type)
{
    private readonly QueryParser _query = new(body);
    private readonly List<string> _skipped = [];
    private readonly Dictionary<string, ISymbol> _names = new(StringComparer.Ordinal);
    private BodyExtension? _extension;

    public BodyObject Parse()
    {
        var candidates = Candidates().ToArray();
        var constructor = ConstructorParser.Find(body, type, candidates);
        var members = new List<(BodyMember Member, ISymbol Symbol)>();
        foreach (var symbol in candidates)
        {
            if (Member(symbol, constructor) is { } member)
            {
                members.Add((member, symbol));
            }
        }

        members = [.. members.OrderBy(member => JsonAttributes.Order(member.Symbol))];
        return new BodyObject(
            members.Select(member => member.Member).ToEquatableArray(),
            constructor?.Model(members.ConvertAll(member => member.Symbol)),
            _extension,
            _skipped.Where(name => !_names.ContainsKey(name)).ToEquatableArray(),
            _query.Objects);
    }

    // What JSON sees: the most derived class first, in each one properties before fields.
    private IEnumerable<ISymbol> Candidates()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var level = type; level is { SpecialType: SpecialType.None }; level = level.BaseType)
        {
            foreach (var member in level.GetMembers().Where(IsSeen).OrderBy(member => member is IFieldSymbol).Where(member => seen.Add(member.Name)))
            {
                yield return member;
            }
        }
    }

    private static bool IsSeen(ISymbol member) => member switch
    {
        { IsStatic: true } => false,
        IPropertySymbol { Parameters.Length: 0, ExplicitInterfaceImplementations.Length: 0 } property =>
            IsPublic(property.GetMethod) || IsPublic(property.SetMethod) || JsonAttributes.IsIncluded(property),
        IFieldSymbol { AssociatedSymbol: null, IsImplicitlyDeclared: false } field => JsonAttributes.IsIncluded(field),
        _ => false,
    };

    private static bool IsPublic(IMethodSymbol? accessor) => accessor is { DeclaredAccessibility: Accessibility.Public };

    private BodyMember? Member(ISymbol symbol, ConstructorParser? constructor)
    {
        var ignore = JsonAttributes.Ignore(symbol);
        var name = JsonAttributes.Name(symbol, body.Naming);
        if (JsonAttributes.IsExtensionData(symbol))
        {
            Extension(symbol, constructor);
            return null;
        }

        var isRequired = JsonAttributes.IsRequired(symbol) || constructor?.RequiresByKeyword(symbol) == true;
        var target = Target(symbol, ignore, constructor);
        if (isRequired && target == ReadInto.Nothing)
        {
            Problem(BodyProblemKind.Attribute, symbol, "is required, but is never read");
        }

        if (ignore is "Always")
        {
            _skipped.Add(name);
            return null;
        }

        CheckAttributes(symbol, ignore);
        return IsNameFree(symbol, name) && FindType(symbol) is var index and >= 0
            ? Create(symbol, name, index, ignore, target, isRequired, constructor)
            : null;
    }

    private BodyMember Create(ISymbol symbol, string name, int index, string ignore, ReadInto target, bool isRequired, ConstructorParser? constructor)
    {
        var parameter = target == ReadInto.Parameter ? constructor!.ParameterOf(symbol) : null;
        var canGet = symbol is not IPropertySymbol property || IsPublic(property.GetMethod) || (property.GetMethod is not null && JsonAttributes.IsIncluded(property));
        var write = canGet ? JsonAttributes.Write(ignore) : WriteWhen.Never;
        return new BodyMember(
            symbol.Name,
            name,
            index,
            write,
            target,
            Nullability.MayWriteNull(symbol),
            Nullability.MayReadNull((ISymbol?)parameter ?? symbol),
            isRequired || (parameter is { HasExplicitDefaultValue: false } && !Nullability.MayReadNull(parameter)),
            canGet && !IsGettable(symbol) ? AccessorParser.Getter(symbol) : null,
            target == ReadInto.Setter && !IsSettable(symbol) ? AccessorParser.Setter(symbol) : null,
            Inform(symbol, _query.Decide(symbol, name, index, write, target)));
    }

    private BodyQuery Inform(ISymbol symbol, BodyQuery query)
    {
        if (query.Reason.Length > 0)
        {
            body.Report?.Invoke(new BodyProblem(BodyProblemKind.NotQueryable, symbol, symbol.Name, query.Reason));
        }

        return query;
    }

    private static ReadInto Target(ISymbol symbol, string ignore, ConstructorParser? constructor)
    {
        if (ignore is "Always" or "WhenReading")
        {
            return ReadInto.Nothing;
        }

        if (constructor?.ParameterOf(symbol) is not null)
        {
            return ReadInto.Parameter;
        }

        var canSet = symbol switch
        {
            IPropertySymbol property => IsPublic(property.SetMethod) || (property.SetMethod is not null && JsonAttributes.IsIncluded(property)),
            _ => !((IFieldSymbol)symbol).IsReadOnly,
        };
        return !canSet ? ReadInto.Nothing : constructor?.Initializes(symbol) == true ? ReadInto.Initializer : ReadInto.Setter;
    }

    private bool IsGettable(ISymbol symbol) => body.IsAccessible(symbol is IPropertySymbol property ? property.GetMethod! : symbol);

    private bool IsSettable(ISymbol symbol) => symbol is IPropertySymbol property
        ? property.SetMethod is { IsInitOnly: false } setter && body.IsAccessible(setter)
        : body.IsAccessible(symbol);

    private bool IsNameFree(ISymbol symbol, string name)
    {
        if (StorableText.Fault(name) is not null)
        {
            Problem(BodyProblemKind.Attribute, symbol, "has a JSON name with U+0000 or a lone surrogate, which no database keeps");
            return false;
        }

        if (_names.TryGetValue(name, out var other))
        {
            body.Report?.Invoke(new BodyProblem(BodyProblemKind.DuplicateName, symbol, symbol.Name, other.Name, name, type.Name));
            return false;
        }

        _names.Add(name, symbol);
        return true;
    }

    private void CheckAttributes(ISymbol symbol, string ignore)
    {
        var memberType = Nullability.Type(symbol);
        if (ignore is "WhenWritingNull" && memberType.IsValueType && memberType.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T)
        {
            Problem(BodyProblemKind.Attribute, symbol, "is ignored when null, but is never null");
        }

        if (JsonAttributes.FindUnsupported(symbol) is { } attribute)
        {
            Problem(BodyProblemKind.Attribute, symbol, $"has [{attribute.Substring(0, attribute.Length - "Attribute".Length)}], which is not supported");
        }
    }

    private int FindType(ISymbol symbol)
    {
        var memberType = Nullability.Type(symbol);
        var index = body.Find(memberType);
        if (index == BodyParser.Unsupported && memberType.TypeKind != TypeKind.Error)
        {
            // Of a type that is not there the compiler says so already.
            body.Report?.Invoke(new BodyProblem(BodyProblemKind.UnsupportedType, symbol, symbol.Name, memberType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), body.Refusal(memberType)));
        }

        return index;
    }

    private void Extension(ISymbol symbol, ConstructorParser? constructor)
    {
        var values = ExtensionValues(Nullability.Type(symbol));
        var isObject = values?.SpecialType == SpecialType.System_Object;
        if (!isObject && values?.MetadataFullName() is not "System.Text.Json.JsonElement")
        {
            ExtensionProblem(symbol, "is not a Dictionary<string, JsonElement>");
        }
        else if (_extension is not null)
        {
            ExtensionProblem(symbol, $"is the second one of {type.Name}");
        }
        else if (symbol is not IPropertySymbol { GetMethod: not null, SetMethod: not null })
        {
            ExtensionProblem(symbol, "cannot be both read and set");
        }
        else if (constructor?.ParameterOf(symbol) is not null)
        {
            ExtensionProblem(symbol, "is a parameter of the constructor");
        }
        else
        {
            _ = Inform(symbol, BodyExtension.Query);
            _extension = new BodyExtension(symbol.Name, isObject, IsSettable(symbol) ? null : AccessorParser.Setter(symbol));
        }
    }

    private static ITypeSymbol? ExtensionValues(ITypeSymbol memberType) =>
        memberType is INamedTypeSymbol { TypeArguments.Length: 2 } map
        && map.OriginalDefinition.MetadataFullName() is "System.Collections.Generic.Dictionary`2" or "System.Collections.Generic.IDictionary`2"
        && map.TypeArguments[0].SpecialType == SpecialType.System_String
            ? map.TypeArguments[1]
            : null;

    private void ExtensionProblem(ISymbol symbol, string text) =>
        body.Report?.Invoke(new BodyProblem(BodyProblemKind.ExtensionData, symbol, symbol.Name, text));

    private void Problem(BodyProblemKind kind, ISymbol symbol, string text) =>
        body.Report?.Invoke(new BodyProblem(kind, symbol, symbol.Name, text));
}
