using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Generator.Model.Streams;
using Typed.Generator.Rules;

namespace Typed.Generator.Parsing.Streams;

/// <summary>The constructor that reading uses, chosen as System.Text.Json chooses it, and the members bound to its parameters.</summary>
internal sealed class ConstructorParser
{
    private readonly BodyTypes _body;
    private readonly IMethodSymbol? _constructor;
    private readonly ISymbol?[] _bound;
    private readonly ISymbol[] _required;
    private readonly bool _setsRequired;

    private ConstructorParser(BodyTypes body, INamedTypeSymbol type, IMethodSymbol? constructor, ISymbol?[] bound)
    {
        _body = body;
        _constructor = constructor;
        _bound = bound;
        _setsRequired = constructor?.Has("System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute") == true;
        _required = _setsRequired ? [] : [.. RequiredMembers(type)];
    }

    /// <summary>Finds the constructor; null where none can be bound, which is reported.</summary>
    public static ConstructorParser? Find(BodyTypes body, INamedTypeSymbol type, IReadOnlyList<JsonMember> members)
    {
        if (Choose(type, out var constructor) is { } obstacle)
        {
            body.Report(StreamRules.Constructor, type, type.Name, obstacle);
            return null;
        }

        var bound = new ISymbol?[constructor?.Parameters.Length ?? 0];
        for (var i = 0; i < bound.Length; i++)
        {
            var parameter = constructor!.Parameters[i];
            if (Bind(body, parameter, members, out bound[i]) is not { } reason)
            {
                continue;
            }

            // A type or a name that is not there is reported by the compiler, and the type of a member by another rule.
            if (!parameter.Type.HasError() && parameter.Name.Length > 0 && reason.Length > 0)
            {
                body.Report(StreamRules.Constructor, constructor, type.Name, reason);
            }

            return null;
        }

        var parser = new ConstructorParser(body, type, constructor, bound);
        if (parser._required.FirstOrDefault(member => member.MemberType().HasPointer()) is { } pointer)
        {
            body.Report(StreamRules.Constructor, pointer, type.Name, $"its required member {pointer.Name} is a pointer; do not require it");
            return null;
        }

        foreach (var used in parser._required.Prepend<ISymbol?>(constructor).OfType<ISymbol>())
        {
            body.Use(used);
        }

        return parser;
    }

    /// <summary>Finds the member for a parameter. Returns in words why there is no value to give, empty where another rule reports the member.</summary>
    private static string? Bind(BodyTypes body, IParameterSymbol parameter, IReadOnlyList<JsonMember> members, out ISymbol? bound)
    {
        var fitting = members.Where(member => string.Equals(member.Symbol.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
            && SymbolEqualityComparer.Default.Equals(member.Type, parameter.Type)).ToArray();
        bound = fitting.FirstOrDefault()?.Symbol;
        var type = parameter.Type;
        return parameter.RefKind is not (RefKind.None or RefKind.In) ? $"its parameter {parameter.Name} is passed by reference; pass a value"
            : type.HasPointer() ? $"its parameter {parameter.Name} is a pointer; give it a constructor without"
            : fitting.Length == 0 ? $"no member has the name and type of its parameter {parameter.Name}; name the parameter after the member that it sets"
            : fitting.Length > 1 ? $"{fitting[0].Symbol.Name} and {fitting[1].Symbol.Name} both have the name and type of its parameter {parameter.Name}; "
                + "rename one, since case does not count"
            : !type.HasError() && !body.IsAccessible(type) ? $"the type of its parameter {parameter.Name} cannot be named outside it; make that internal"
            : body.FindAliased(type) is not { } aliased ? null
            : fitting[0].IsIgnored ? $"the type of its parameter {parameter.Name} is known by an alias only; {References.Remedy(aliased)}"
            : string.Empty;
    }

    /// <summary>The parameter that a member's value goes to.</summary>
    public IParameterSymbol? ParameterOf(ISymbol member)
    {
        var index = Array.FindIndex(_bound, bound => SymbolEqualityComparer.Default.Equals(bound, member));
        return index < 0 ? null : _constructor!.Parameters[index];
    }

    public bool RequiresByKeyword(ISymbol member) => !_setsRequired && member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    /// <summary>Whether C# asks for the member at creation.</summary>
    public bool Initializes(ISymbol member) => _required.Contains(member, SymbolEqualityComparer.Default) && IsPlain;

    /// <summary>The model; null where the compiler reports a parameter or a required member.</summary>
    public BodyConstructor? Model(IReadOnlyList<ISymbol> members)
    {
        var parameters = _constructor?.Parameters ?? [];
        return (!IsPlain && parameters.Any(parameter => parameter.Type.HasError())) || _required.Any(member => !member.IsClear()) ? null : new BodyConstructor(
            parameters.Select((parameter, i) => new BodyParameter(
                IndexOf(members, _bound[i]!),
                ConstantText.Default(parameter),
                (parameter.RefKind == RefKind.In ? "in " : string.Empty) + parameter.Type.FullName())).ToEquatableArray(),
            (IsPlain ? _required : []).Select(member => new BodyInitializer(member.Name, IndexOf(members, member))).ToEquatableArray(),
            IsPlain ? null : AccessorParser.Constructor(_constructor!));
    }

    private static int IndexOf(IReadOnlyList<ISymbol> members, ISymbol member)
    {
        for (var i = 0; i < members.Count; i++)
        {
            if (SymbolEqualityComparer.Default.Equals(members[i], member))
            {
                return i;
            }
        }

        return -1;
    }

    private bool IsPlain => _constructor is null || _body.IsAccessible(_constructor, _constructor.ContainingType);

    /// <summary>Chooses the constructor; null is a struct's own. Returns why none can be chosen, in words.</summary>
    private static string? Choose(INamedTypeSymbol type, out IMethodSymbol? constructor)
    {
        constructor = null;
        if (type.IsAbstract)
        {
            return $"it is abstract; use {Refusal.OneOfSeveral}";
        }

        var marked = type.InstanceConstructors.Where(JsonAttributes.IsConstructor).ToArray();
        if (marked.Length > 1)
        {
            return "several of its constructors have [JsonConstructor]; keep one";
        }

        var visible = type.InstanceConstructors.Where(candidate => candidate.DeclaredAccessibility == Accessibility.Public).ToArray();
        constructor = marked.Length == 1 ? marked[0]
            : type.IsValueType ? null
            : visible.FirstOrDefault(candidate => candidate.Parameters.Length == 0) ?? (visible.Length == 1 ? visible[0] : null);
        return constructor is not null || type.IsValueType ? null
            : (visible.Length == 0 ? "it has no public constructor" : "it has several public constructors, none of them without parameters")
                + "; mark the one to use with [JsonConstructor]";
    }

    private static IEnumerable<ISymbol> RequiredMembers(INamedTypeSymbol type)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var level = type; level is not null; level = level.BaseType)
        {
            foreach (var member in level.GetMembers()
                .Where(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true } && seen.Add(member.Name)))
            {
                yield return member;
            }
        }
    }
}
