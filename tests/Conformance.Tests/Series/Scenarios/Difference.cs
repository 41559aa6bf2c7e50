using System.Globalization;
using System.Text.Json;

namespace Typed.Conformance.Tests.Series.Scenarios;

/// <summary>Compares an answer with what a vector expects, by the rules of the vectors' README.</summary>
internal static class Difference
{
    private const double Relative = 1e-12;

    /// <summary>Where and how the two differ, or null.</summary>
    public static string? Find(JsonElement expected, object? actual, string path = "$") => (expected.ValueKind, actual) switch
    {
        (JsonValueKind.Null, null) => null,
        (JsonValueKind.String, string text) when string.Equals(expected.GetString(), text, StringComparison.Ordinal) => null,
        (JsonValueKind.Number, long or double) when Same(expected, actual) => null,
        (JsonValueKind.Array, IReadOnlyList<object?> list) => OfLists(expected, list, path),
        (JsonValueKind.Object, IReadOnlyDictionary<string, object?> members) => OfObjects(expected, members, path),
        _ => Say(path, expected.GetRawText(), actual),
    };

    public static string Text(object? actual) => JsonSerializer.Serialize(actual);

    /// <summary>A long is exact, whatever way the vector writes it; a double may differ in the last digits.</summary>
    private static bool Same(JsonElement expected, object actual)
    {
        if (actual is long whole)
        {
            return decimal.TryParse(expected.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && exact == whole;
        }

        var wanted = expected.GetDouble();
        var got = (double)actual;
        return got == wanted || Math.Abs(got - wanted) <= Relative * Math.Abs(wanted);
    }

    private static string? OfLists(JsonElement expected, IReadOnlyList<object?> actual, string path)
    {
        if (expected.GetArrayLength() != actual.Count)
        {
            return Say(path, $"{expected.GetArrayLength()} items: {expected.GetRawText()}", actual);
        }

        return expected.EnumerateArray().Select((item, i) => Find(item, actual[i], $"{path}[{i}]")).FirstOrDefault(difference => difference is not null);
    }

    private static string? OfObjects(JsonElement expected, IReadOnlyDictionary<string, object?> actual, string path)
    {
        if (expected.TryGetProperty("$set", out var members))
        {
            return actual.TryGetValue("$set", out var set) ? OfUnordered(members, (IReadOnlyList<object?>)set!, path) : Say(path, expected.GetRawText(), actual);
        }

        if (expected.TryGetProperty("$hist", out var entries) && actual.TryGetValue("$hist", out var histogram))
        {
            // Text: the vectors leave the order open.
            var texts = entries.GetArrayLength() > 0 && entries[0][0].ValueKind == JsonValueKind.String;
            return texts ? OfUnordered(entries, (IReadOnlyList<object?>)histogram!, path) : Find(entries, histogram, $"{path}.$hist");
        }

        var names = expected.EnumerateObject().Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        return names.SetEquals(actual.Keys)
            ? expected.EnumerateObject().Select(member => Find(member.Value, actual[member.Name], $"{path}.{member.Name}")).FirstOrDefault(difference => difference is not null)
            : Say(path, $"members {string.Join(", ", names)}", actual);
    }

    private static string? OfUnordered(JsonElement expected, IReadOnlyList<object?> actual, string path)
    {
        var left = actual.ToList();
        foreach (var item in expected.EnumerateArray())
        {
            var index = left.FindIndex(candidate => Find(item, candidate) is null);
            if (index < 0)
            {
                return Say(path, $"{item.GetRawText()} among them", actual);
            }

            left.RemoveAt(index);
        }

        return left.Count == 0 ? null : Say(path, $"nothing beside {expected.GetRawText()}", actual);
    }

    private static string Say(string path, string expected, object? actual) => $"at {path}: expected {expected}, actual {Text(actual)}";
}
