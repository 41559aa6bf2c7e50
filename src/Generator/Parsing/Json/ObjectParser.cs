using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Generator.Model.Json;
using Typed.Schema.Json;

namespace Typed.Generator.Parsing.Json;

/// <summary>The members of one class, record or struct, and how it is made.</summary>
internal sealed class ObjectParser(BodyParser body, INamedTypeSymbol type)
{
    private readonly QueryParser _query = new(body, type);
    private readonly List<string> _skipped = [];
    private BodyExtension? _extension;

    public BodyObject Parse()
    {
        var seen = JsonMembers.Of(body, type);
        var constructor = ConstructorParser.Find(body, type, seen.All);
        var members = new List<(BodyMember Member, ISymbol Symbol)>();
        foreach (var candidate in seen.All)
        {
            if (!seen.IsLeftOut(candidate) && Member(candidate, constructor) is { } member)
            {
                members.Add((member, candidate.Symbol));
            }
        }

        members = [.. members.OrderBy(member => JsonAttributes.Order(member.Symbol))];
        var names = new HashSet<string>(members.Select(member => member.Member.Json), StringComparer.Ordinal);
        return new BodyObject(
            members.Select(member => member.Member).ToEquatableArray(),
            constructor?.Model(members.ConvertAll(member => member.Symbol)),
            _extension,
            _skipped.Where(name => !names.Contains(name)).ToEquatableArray(),
            _query.Objects);
    }

    private BodyMember? Member(JsonMember member, ConstructorParser? constructor)
    {
        var symbol = member.Symbol;
        if (JsonAttributes.IsExtensionData(symbol))
        {
            Extension(member, constructor);
            return null;
        }

        var isRequired = JsonAttributes.IsRequired(symbol) || constructor?.RequiresByKeyword(symbol) == true;
        if (member.IsIgnored)
        {
            CheckRequired(symbol, isRequired, constructor, "is ignored");
            _skipped.Add(member.Json);
            return null;
        }

        CheckAttributes(symbol, member.Ignore);
        if (!IsStorable(member) || FindType(symbol) is not (>= 0 and var index) || Create(member, index, isRequired, constructor) is not { } model)
        {
            return null;
        }

        if (isRequired && model.Read == ReadInto.Nothing)
        {
            Problem(BodyProblemKind.Attribute, symbol, "is required, but is never read; let it be set, or do not require it");
        }
        else if (model.Write == WriteWhen.Never)
        {
            CheckRequired(symbol, isRequired, constructor, "is never written");
        }

        if (model is { Read: ReadInto.Nothing, Write: WriteWhen.Never })
        {
            _skipped.Add(member.Json);
            return null;
        }

        return model;
    }

    private BodyMember? Create(JsonMember member, int index, bool isRequired, ConstructorParser? constructor)
    {
        var symbol = member.Symbol;
        body.Use(symbol);
        var target = Target(member, index, constructor);
        var parameter = target == ReadInto.Parameter ? constructor!.ParameterOf(symbol) : null;
        var write = member.CanGet ? JsonAttributes.Write(member.Ignore) : WriteWhen.Never;
        var level = Level(symbol);
        var get = member.CanGet && !IsGettable(symbol) ? AccessorParser.Getter(symbol) : null;
        var set = target == ReadInto.Setter && !IsSettable(symbol) ? AccessorParser.Setter(symbol) : null;
        if (!IsReached(symbol, level, get, set))
        {
            return null;
        }

        isRequired |= parameter is not null && IsNeeded(parameter);
        var query = Inform(symbol, _query.Decide(symbol, member.Json, index, write, target));
        if (query.Kind == BodyQueryKind.Value && !isRequired)
        {
            query = query with { Absent = AbsentValue.Of(body.Compilation, symbol, parameter) };
        }

        return new BodyMember(
            symbol.Name,
            member.Json,
            index,
            write,
            target,
            Nullability.MayWriteNull(symbol),
            Nullability.MayReadNull((ISymbol?)parameter ?? symbol),
            isRequired,
            level,
            get,
            set,
            query);
    }

    private BodyQuery Inform(ISymbol symbol, BodyQuery query)
    {
        if (query.Reason.Length > 0)
        {
            body.Report?.Invoke(new BodyProblem(BodyProblemKind.NotQueryable, symbol, symbol.Name, query.Reason));
        }

        return query;
    }

    private ReadInto Target(JsonMember member, int index, ConstructorParser? constructor)
    {
        // A parameter needs its value, also where nothing else would be read into the member.
        if (constructor?.ParameterOf(member.Symbol) is not null)
        {
            return ReadInto.Parameter;
        }

        // System.Text.Json reads no collection that it could not get before.
        var isCollection = body.Type(index).Kind is BodyKind.Array or BodyKind.List or BodyKind.ReadOnlyList or BodyKind.Map;
        return member.Ignore is "WhenReading" || !member.CanSet || (isCollection && !member.CanGet) ? ReadInto.Nothing
            : constructor?.Initializes(member.Symbol) == true ? ReadInto.Initializer
            : ReadInto.Setter;
    }

    private static bool IsNeeded(IParameterSymbol parameter) => !parameter.HasExplicitDefaultValue && !Nullability.MayReadNull(parameter);

    /// <summary>The class to see an instance as, where a more derived one has something else of the member's name.</summary>
    private string? Level(ISymbol symbol) => Readability.Hiding(type, symbol) is null ? null : symbol.ContainingType.FullName();

    /// <summary>Whether code can name the class that it has to see an instance as: a base class may be known by an alias only.</summary>
    private bool IsReached(ISymbol symbol, string? level, BodyAccessor? get, BodyAccessor? set)
    {
        if ((level is null && get is null && set is null) || body.FindAliased(symbol.ContainingType) is not { } aliased)
        {
            return true;
        }

        Problem(BodyProblemKind.Constructor, type, $"emitted code reaches {symbol.Name} through {aliased.Name} only, which is known by an alias; {References.Remedy(aliased)}");
        return false;
    }

    private bool IsGettable(ISymbol symbol) => IsAccessible(symbol, symbol is IPropertySymbol property ? property.GetMethod! : symbol);

    private bool IsSettable(ISymbol symbol) => symbol is IPropertySymbol property
        ? property.SetMethod is { IsInitOnly: false } setter && IsAccessible(symbol, setter)
        : IsAccessible(symbol, symbol);

    private bool IsAccessible(ISymbol symbol, ISymbol accessed) => body.IsAccessible(accessed, Readability.Hiding(type, symbol) is null ? type : symbol.ContainingType);

    private bool IsStorable(JsonMember member)
    {
        if (StorableText.Fault(member.Json) is null)
        {
            return true;
        }

        Problem(BodyProblemKind.Attribute, member.Symbol, "has a JSON name with U+0000 or a lone surrogate, which no database keeps; give it another");
        return false;
    }

    /// <summary>Tells of a value that reading insists on though it is never there: no event that was put could be read back.</summary>
    private void CheckRequired(ISymbol symbol, bool isRequired, ConstructorParser? constructor, string obstacle)
    {
        if (isRequired)
        {
            Problem(BodyProblemKind.Attribute, symbol, $"is required, but {obstacle}; let it be written and read, or do not require it");
        }
        else if (constructor?.ParameterOf(symbol) is { } parameter && IsNeeded(parameter))
        {
            Problem(BodyProblemKind.Attribute, symbol, $"{obstacle}, but the constructor needs a value for it; give the parameter a default");
        }
    }

    private void CheckAttributes(ISymbol symbol, string ignore)
    {
        var memberType = Nullability.Type(symbol);
        if (ignore is "WhenWritingNull" && memberType.IsValueType && memberType.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T)
        {
            Problem(BodyProblemKind.Attribute, symbol, "is ignored when null, but is never null; make it nullable, or say WhenWritingDefault");
        }

        if (JsonAttributes.FindUnsupported(symbol) is { } attribute)
        {
            Problem(BodyProblemKind.Attribute, symbol, $"has [{JsonAttributes.Short(attribute)}], which is not supported; remove it");
        }
    }

    private int FindType(ISymbol symbol)
    {
        var memberType = Nullability.Type(symbol);
        var index = body.Find(memberType);
        if (index == BodyParser.Unsupported && !memberType.HasError())
        {
            // Of a type that is not there the compiler says so already.
            body.Report?.Invoke(new BodyProblem(
                BodyProblemKind.UnsupportedType, symbol, symbol.Name, memberType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), Refusal.Of(memberType, body)));
        }

        return index;
    }

    private void Extension(JsonMember member, ConstructorParser? constructor)
    {
        var symbol = member.Symbol;
        var values = ExtensionValues(Nullability.Type(symbol));
        var isObject = values?.SpecialType == SpecialType.System_Object;
        if (!isObject && values?.MetadataFullName() is not "System.Text.Json.JsonElement")
        {
            ExtensionProblem(symbol, "is not a Dictionary<string, JsonElement>");
        }
        else if (_extension is not null)
        {
            ExtensionProblem(symbol, $"is the second one of {type.Name}; keep one");
        }
        else if (!member.CanGet || !member.CanSet)
        {
            ExtensionProblem(symbol, "cannot be both read and set; give it a public getter and setter, or [JsonInclude]");
        }
        else if (constructor?.ParameterOf(symbol) is not null)
        {
            ExtensionProblem(symbol, "is a parameter of the constructor; let it be set after that");
        }
        else
        {
            body.Use(symbol);
            var kept = new BodyExtension(
                symbol.Name, isObject, Level(symbol), IsGettable(symbol) ? null : AccessorParser.Getter(symbol), IsSettable(symbol) ? null : AccessorParser.Setter(symbol));
            if (IsReached(symbol, kept.Level, kept.Get, kept.Set))
            {
                _ = Inform(symbol, BodyExtension.Query);
                _extension = kept;
            }
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
