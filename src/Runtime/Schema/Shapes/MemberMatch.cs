using Typed.Schema.Json;

namespace Typed.Schema.Shapes;

/// <summary>Which stored members are which declared ones: by name, by a former name, and, of what is left, by what looks renamed.</summary>
internal sealed class MemberMatch
{
    public MemberMatch(
        SortedDictionary<string, JsonProperty> stored, SortedDictionary<string, JsonProperty> declared, Func<JsonProperty, JsonProperty, bool> isFit)
    {
        var left = new SortedSet<string>(stored.Keys, StringComparer.Ordinal);
        List<string> open = [];
        foreach (var member in declared)
        {
            var former = (member.Value.Schema.FormerNames ?? []).Where(name => stored.ContainsKey(name) && !declared.ContainsKey(name)).ToArray();
            var same = stored.TryGetValue(member.Key, out var property) ? property : null;
            left.Remove(member.Key);
            left.ExceptWith(former);
            if (same is null && former.Length == 0)
            {
                open.Add(member.Key);
            }
            else
            {
                Same.Add((member.Key, same, former));
            }
        }

        Pair(stored, declared, isFit, left, open);
        Added = open;
        Removed = left;
    }

    /// <summary>Declared members with the stored one of their name, and former names that are stored.</summary>
    public List<(string Name, JsonProperty? Stored, IReadOnlyList<string> Former)> Same { get; } = [];

    /// <summary>Declared members, each with a stored one of another name that it seems to have had.</summary>
    public List<(string Name, string Former)> Renamed { get; } = [];

    /// <summary>Declared members that are not stored.</summary>
    public IReadOnlyCollection<string> Added { get; }

    /// <summary>Stored members that are not declared.</summary>
    public IReadOnlyCollection<string> Removed { get; }

    // A member that every event has and one that the class requires are a pair at once, an optional one only where there is no choice.
    private void Pair(
        SortedDictionary<string, JsonProperty> stored, SortedDictionary<string, JsonProperty> declared, Func<JsonProperty, JsonProperty, bool> isFit,
        SortedSet<string> left, List<string> open)
    {
        foreach (var name in open.OrderByDescending(name => declared[name].Required).ToArray())
        {
            var fitting = left.Where(old => (stored[old].Required || declared[name].Required) && isFit(stored[old], declared[name])).ToArray();
            var former = Array.Find(fitting, old => stored[old].Required == declared[name].Required);
            former ??= fitting.Length == 1 ? fitting[0] : null;
            if (former is null || (!declared[name].Required && (fitting.Length > 1 || Rivals(former) > 1)))
            {
                continue;
            }

            Renamed.Add((name, former));
            left.Remove(former);
            open.Remove(name);
        }

        int Rivals(string former) => open.Count(name => isFit(stored[former], declared[name]));
    }
}
