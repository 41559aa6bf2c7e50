using Microsoft.CodeAnalysis;
using Typed.Generator.Rules;

namespace Typed.Generator.Parsing.Streams;

/// <summary>
/// The members that JSON sees, chosen as System.Text.Json chooses them. C# hides by name, whatever the member is; JSON sees properties and fields only, by
/// their names in JSON: a member that JSON does not see hides none, an ignored one gives way to one above it, and an override with another name stands beside
/// what it overrides.
/// </summary>
internal sealed class JsonMembers(BodyTypes body, INamedTypeSymbol type)
{
    private readonly List<JsonMember> _members = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonMember> _ignored = new(StringComparer.Ordinal);
    private readonly HashSet<JsonMember> _leftOut = [];

    public IReadOnlyList<JsonMember> All => _members;

    /// <summary>Whether the member is in no JSON because its name is taken there, or no code can name it. The constructor may still set it.</summary>
    public bool IsLeftOut(JsonMember member) => _leftOut.Contains(member);

    public static JsonMembers Read(BodyTypes body, INamedTypeSymbol type)
    {
        var members = new JsonMembers(body, type);
        for (var level = type; level is { SpecialType: SpecialType.None }; level = level.BaseType)
        {
            // The most derived class first, in each one properties before fields.
            foreach (var symbol in level.GetMembers().Where(JsonMember.IsSeen).OrderBy(member => member is IFieldSymbol))
            {
                members.Add(new JsonMember(symbol, JsonAttributes.Name(symbol, body.Naming), JsonAttributes.Ignore(symbol)));
            }
        }

        return members;
    }

    private void Add(JsonMember member)
    {
        if (!member.Symbol.IsClear())
        {
            LeaveOut(member);
            return;
        }

        if (_ignored.TryGetValue(member.Symbol.Name, out var below) && IsVirtual(member) && IsVirtual(below)
            && SymbolEqualityComparer.Default.Equals(member.Type, below.Type))
        {
            return;
        }

        if (!_places.TryGetValue(member.Json, out var place))
        {
            _places.Add(member.Json, _members.Count);
            _members.Add(member);
        }
        else if (_members[place] is { IsIgnored: true })
        {
            _members[place] = member;
        }
        else if (!member.IsIgnored && !IsReplaced(member, _members[place]) && below is null)
        {
            LeaveOut(member);
            body.Report(StreamRules.DuplicateName, member.Symbol, member.Symbol.Name, _members[place].Symbol.Name, member.Json, type.Name);
        }

        if (member.IsIgnored)
        {
            _ignored[member.Symbol.Name] = member;
        }
    }

    private void LeaveOut(JsonMember member)
    {
        _leftOut.Add(member);
        _members.Add(member);
    }

    private static bool IsReplaced(JsonMember member, JsonMember below) => string.Equals(member.Symbol.Name, below.Symbol.Name, StringComparison.Ordinal);

    private static bool IsVirtual(JsonMember member) => member.Symbol is { IsVirtual: true } or { IsOverride: true } or { IsAbstract: true };
}
