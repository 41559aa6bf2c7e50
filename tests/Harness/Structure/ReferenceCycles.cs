namespace Typed.Tests.Harness.Structure;

/// <summary>Finds places that refer to each other in a circle: folders, or files.</summary>
public static class ReferenceCycles
{
    /// <summary>Each circle as text: a reference for every step of it, so that one sees which to turn.</summary>
    /// <param name="types">Types of one assembly, nested ones too.</param>
    /// <param name="placeOf">The folder or file of a type; null where it does not count.</param>
    public static IReadOnlyList<string> Find(IEnumerable<Type> types, Func<Type, string?> placeOf)
    {
        var steps = Steps(types, placeOf);
        var reached = steps.Keys.ToDictionary(place => place, place => Reach(steps, place), StringComparer.Ordinal);
        var circles = steps.Keys.Where(place => reached[place].Contains(place))
            .GroupBy(place => string.Join(", ", reached[place].Where(other => reached.TryGetValue(other, out var back) && back.Contains(place)).Order(StringComparer.Ordinal)), StringComparer.Ordinal);
        return [.. circles.OrderBy(circle => circle.Key, StringComparer.Ordinal).Select(circle => $"{circle.Key}: {Describe(steps, [.. circle])}")];
    }

    private static string Describe(Dictionary<string, Dictionary<string, string>> steps, string[] places) => string.Join(
        "; ",
        from place in places.Order(StringComparer.Ordinal)
        from step in steps[place].OrderBy(step => step.Key, StringComparer.Ordinal)
        where places.Contains(step.Key)
        select step.Value);

    /// <summary>Of every place those it refers to, each with an example.</summary>
    private static Dictionary<string, Dictionary<string, string>> Steps(IEnumerable<Type> types, Func<Type, string?> placeOf)
    {
        var steps = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var type in types.Where(type => !RoomOrder.IsMadeByTheCompiler(type)))
        {
            if (placeOf(type) is not { } from)
            {
                continue;
            }

            steps.TryAdd(from, new(StringComparer.Ordinal));
            foreach (var used in TypeReferences.Of(type).Where(used => used.Assembly == type.Assembly && !RoomOrder.IsMadeByTheCompiler(used)))
            {
                if (placeOf(used) is { } to && to != from)
                {
                    steps[from].TryAdd(to, $"{TypeReferences.Name(type)} refers to {TypeReferences.Name(used)}");
                }
            }
        }

        return steps;
    }

    private static HashSet<string> Reach(Dictionary<string, Dictionary<string, string>> steps, string start)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([start]);
        while (open.TryPop(out var place))
        {
            foreach (var next in steps.TryGetValue(place, out var found) ? found.Keys : Enumerable.Empty<string>())
            {
                if (reached.Add(next))
                {
                    open.Push(next);
                }
            }
        }

        return reached;
    }
}
