using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Generator.Model.Json;

namespace Typed.Generator.Parsing.Json;

/// <summary>The constructor that reading uses, chosen as System.Text.Json chooses it, and the members bound to its parameters.</summary>
internal sealed class ConstructorParser
{
    private readonly BodyParser _body;
    private readonly IMethodSymbol? _constructor;
    private readonly ISymbol?[] _bound;
    private readonly ISymbol[] _required;
    private readonly bool _setsRequired;

    private ConstructorParser(BodyParser body, INamedTypeSymbol type, IMethodSymbol? constructor, ISymbol?[] bound)
    {
        _body = body;
        _constructor = constructor;
        _bound = bound;
        _setsRequired = constructor?.Has("System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute") == true;
        _required = _setsRequired ? [] : [.. RequiredMembers(type)];
    }

    /// <summary>The constructor, or null where there is none to bind, which is then reported.</summary>
    public static ConstructorParser? Find(BodyParser body, INamedTypeSymbol type, IReadOnlyList<JsonMember> members)
    {
        if (!TryChoose(type, out var constructor))
        {
            var reason = type.IsAbstract ? "it is abstract" : "it has no public constructor without parameters, not exactly one with parameters, and none with [JsonConstructor]";
            body.Report?.Invoke(new BodyProblem(BodyProblemKind.Constructor, type, type.Name, reason));
            return null;
        }

        var bound = new ISymbol?[constructor?.Parameters.Length ?? 0];
        for (var i = 0; i < bound.Length; i++)
        {
            var parameter = constructor!.Parameters[i];
            bound[i] = members.FirstOrDefault(member => string.Equals(member.Symbol.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
                && SymbolEqualityComparer.Default.Equals(member.Type, parameter.Type))?.Symbol;
            if (bound[i] is null || parameter.RefKind is RefKind.Ref or RefKind.Out)
            {
                body.Report?.Invoke(new BodyProblem(BodyProblemKind.Constructor, constructor, type.Name, $"no member has the name and type of its parameter {parameter.Name}"));
                return null;
            }
        }

        return new ConstructorParser(body, type, constructor, bound);
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

    public BodyConstructor Model(IReadOnlyList<ISymbol> members)
    {
        return new BodyConstructor(
            _bound.Select((member, i) => new BodyParameter(
                IndexOf(members, member!),
                ConstantText.Default(_constructor!.Parameters[i]),
                _constructor.Parameters[i].Type.FullName())).ToEquatableArray(),
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

    // Structs are made by default unless a constructor is marked; classes have one constructor to choose.
    private static bool TryChoose(INamedTypeSymbol type, out IMethodSymbol? constructor)
    {
        constructor = null;
        if (type.IsAbstract)
        {
            return false;
        }

        var marked = type.InstanceConstructors.Where(JsonAttributes.IsConstructor).ToArray();
        if (marked.Length > 0)
        {
            constructor = marked[0];
            return marked.Length == 1;
        }

        if (type.IsValueType)
        {
            return true;
        }

        var visible = type.InstanceConstructors.Where(candidate => candidate.DeclaredAccessibility == Accessibility.Public).ToArray();
        constructor = visible.FirstOrDefault(candidate => candidate.Parameters.Length == 0) ?? (visible.Length == 1 ? visible[0] : null);
        return constructor is not null;
    }

    private static IEnumerable<ISymbol> RequiredMembers(INamedTypeSymbol type)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var level = type; level is not null; level = level.BaseType)
        {
            foreach (var member in level.GetMembers().Where(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true } && seen.Add(member.Name)))
            {
                yield return member;
            }
        }
    }
}
