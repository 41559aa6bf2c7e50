using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Generator.Model.Streams;
using Typed.Generator.Rules;
using Typed.Schema.Json;

namespace Typed.Generator.Parsing.Streams;

/// <summary>The members of one class, record or struct, and how it is made.</summary>
internal sealed class ObjectParser(BodyTypes body, INamedTypeSymbol type, Func<ITypeSymbol, int> findType)
{
    private readonly AccessParser _access = new(body, type);
    private readonly QueryParser _query = new(body, type);
    private readonly List<string> _skipped = [];
    private BodyExtension? _extension;

    public BodyObject Parse()
    {
        var seen = JsonMembers.Read(body, type);
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
        members = members.ConvertAll(member => (CheckFormerNames(member.Member, member.Symbol, names), member.Symbol));
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
            Problem(StreamRules.JsonAttribute, symbol, "is required, but is never read; let it be set, or do not require it");
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
        if (_access.Parse(symbol, gets: member.CanGet, sets: target == ReadInto.Setter) is not { } access)
        {
            return null;
        }

        isRequired |= parameter is not null && IsNeeded(parameter);
        var query = Inform(symbol, _query.Decide(symbol, member.Json, index, write, target));
        if (query.Kind == BodyQueryKind.Value && !isRequired)
        {
            query = query with { Absent = AbsentValue.Find(body.Compilation, symbol, parameter) };
        }

        return new BodyMember(
            access,
            member.Json,
            index,
            write,
            target,
            Nullability.MayWriteNull(symbol),
            Nullability.MayReadNull((ISymbol?)parameter ?? symbol),
            isRequired,
            query)
        {
            FormerNames = JsonAttributes.FormerNames(symbol, constructor?.ParameterOf(symbol)).ToEquatableArray(),
        };
    }

    /// <summary>Leaves former names out that are another member's too, which an event could not tell apart.</summary>
    private BodyMember CheckFormerNames(BodyMember member, ISymbol symbol, HashSet<string> names)
    {
        List<string> kept = [];
        foreach (var name in member.FormerNames)
        {
            if (StorableText.Fault(name) is null && names.Add(name))
            {
                kept.Add(name);
            }
            else
            {
                Problem(StreamRules.JsonAttribute, symbol, $"has the former name \"{name}\", which is taken by a member of {type.Name}; remove it");
            }
        }

        return member with { FormerNames = kept.ToEquatableArray() };
    }

    private BodyQuery Inform(ISymbol symbol, BodyQuery query)
    {
        if (query.Reason.Length > 0)
        {
            body.Report(StreamRules.NotQueryable, symbol, symbol.Name, query.Reason);
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
        var isCollection = body.Get(index).Kind is BodyKind.Array or BodyKind.List or BodyKind.ReadOnlyList or BodyKind.Map;
        return member.Ignore is "WhenReading" || !member.CanSet || (isCollection && !member.CanGet) ? ReadInto.Nothing
            : constructor?.Initializes(member.Symbol) == true ? ReadInto.Initializer
            : ReadInto.Setter;
    }

    private static bool IsNeeded(IParameterSymbol parameter) => !parameter.HasExplicitDefaultValue && !Nullability.MayReadNull(parameter);

    private bool IsStorable(JsonMember member)
    {
        if (StorableText.Fault(member.Json) is null)
        {
            return true;
        }

        Problem(StreamRules.JsonAttribute, member.Symbol, "has a JSON name with U+0000 or a lone surrogate, which no database keeps; give it another");
        return false;
    }

    /// <summary>Reports a value that reading insists on though it is never there: no event that was put could be read back.</summary>
    private void CheckRequired(ISymbol symbol, bool isRequired, ConstructorParser? constructor, string obstacle)
    {
        if (isRequired)
        {
            Problem(StreamRules.JsonAttribute, symbol, $"is required, but {obstacle}; let it be written and read, or do not require it");
        }
        else if (constructor?.ParameterOf(symbol) is { } parameter && IsNeeded(parameter))
        {
            Problem(StreamRules.JsonAttribute, symbol, $"{obstacle}, but the constructor needs a value for it; give the parameter a default");
        }
    }

    private void CheckAttributes(ISymbol symbol, string ignore)
    {
        var memberType = symbol.MemberType();
        if (ignore is "WhenWritingNull" && memberType.IsValueType && memberType.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T)
        {
            Problem(StreamRules.JsonAttribute, symbol, "is ignored when null, but is never null; make it nullable, or say WhenWritingDefault");
        }

        if (JsonAttributes.FindUnsupported(symbol) is { } attribute)
        {
            Problem(StreamRules.JsonAttribute, symbol, $"has [{JsonAttributes.Short(attribute)}], which is not supported; remove it");
        }
    }

    private int FindType(ISymbol symbol)
    {
        var memberType = symbol.MemberType();
        var index = findType(memberType);
        if (index == BodyTypes.Unsupported && !memberType.HasError())
        {
            // A type that is not there is reported by the compiler.
            body.Report(StreamRules.UnsupportedType, symbol, symbol.Name, memberType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
                Refusal.Explain(memberType, body));
        }

        return index;
    }

    private void Extension(JsonMember member, ConstructorParser? constructor)
    {
        var symbol = member.Symbol;
        var values = ExtensionValues(symbol.MemberType());
        var isObject = values?.SpecialType == SpecialType.System_Object;
        if (!isObject && values?.MetadataFullName() is not "System.Text.Json.JsonElement")
        {
            Problem(StreamRules.ExtensionData, symbol, "is not a Dictionary<string, JsonElement>");
        }
        else if (_extension is not null)
        {
            Problem(StreamRules.ExtensionData, symbol, $"is the second one of {type.Name}; keep one");
        }
        else if (!member.CanGet || !member.CanSet)
        {
            Problem(StreamRules.ExtensionData, symbol, "cannot be both read and set; give it a public getter and setter, or [JsonInclude]");
        }
        else if (constructor?.ParameterOf(symbol) is not null)
        {
            Problem(StreamRules.ExtensionData, symbol, "is a parameter of the constructor; let it be set after that");
        }
        else
        {
            body.Use(symbol);
            if (_access.Parse(symbol, gets: true, sets: true) is { } access)
            {
                _ = Inform(symbol, BodyExtension.Query);
                _extension = new BodyExtension(access, isObject);
            }
        }
    }

    private static ITypeSymbol? ExtensionValues(ITypeSymbol memberType) =>
        memberType is INamedTypeSymbol { TypeArguments.Length: 2 } map
        && map.OriginalDefinition.MetadataFullName() is "System.Collections.Generic.Dictionary`2" or "System.Collections.Generic.IDictionary`2"
        && map.TypeArguments[0].SpecialType == SpecialType.System_String
            ? map.TypeArguments[1]
            : null;

    private void Problem(DiagnosticDescriptor rule, ISymbol symbol, string text) => body.Report(rule, symbol, symbol.Name, text);
}
