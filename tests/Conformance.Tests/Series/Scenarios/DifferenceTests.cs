using System.Text.Json;

namespace Typed.Conformance.Tests.Series.Scenarios;

/// <summary>The comparison itself: what it lets through, and what it must not.</summary>
public class DifferenceTests
{
    public static TheoryData<string, object?, bool> Numbers => new()
    {
        { "3", 3L, true },
        { "3.0", 3L, true },
        { "3", 3.0, true },
        { "3.5", 3L, false },
        { "9007199254740993", 9007199254740993L, true },
        { "9007199254740993", 9007199254740992L, false },
        { "-9223372036854775808", long.MinValue, true },
        { "0.1", 0.1, true },
        { "1.0000000000001", 1.0, true },
        { "1.00000000001", 1.0, false },
        { "0", 1e-300, false },
        { "0", 0.0, true },
        { "null", null, true },
        { "null", 0L, false },
        { "0", null, false },
        { "1", "1", false },
        { "\"caf\\u00e9\"", "caf\u00e9", true },
        { "\"caf\\u00e9\"", "cafe\u0301", false },
    };

    [Theory, MemberData(nameof(Numbers))]
    public void Compares_by_the_rules_of_the_vectors(string expected, object? actual, bool same) => Assert.Equal(same, Find(expected, actual) is null);

    [Theory]
    [InlineData("""{"$set": ["b", "a"]}""", true)]
    [InlineData("""{"$set": ["a"]}""", false)]
    [InlineData("""{"$set": ["a", "b", "c"]}""", false)]
    [InlineData("""{"$set": ["a", "a"]}""", false)]
    [InlineData("""["a", "b"]""", false)]
    public void Compares_sets_without_order(string expected, bool same) =>
        Assert.Equal(same, Find(expected, Neutral.Set(["a", "b"])) is null);

    [Theory]
    [InlineData("""{"$hist": [[1, 2], [2, 1]]}""", true)]
    [InlineData("""{"$hist": [[2, 1], [1, 2]]}""", false)]
    [InlineData("""{"$hist": [[1, 2], [2, 2]]}""", false)]
    [InlineData("""{"$hist": [[1, 2]]}""", false)]
    public void Compares_histograms_of_numbers_in_order(string expected, bool same) =>
        Assert.Equal(same, Find(expected, new Dictionary<string, object?> { ["$hist"] = Lists([1L, 2L], [2L, 1L]) }) is null);

    [Fact]
    public void Compares_histograms_of_text_without_order() =>
        Assert.Null(Find("""{"$hist": [["b", 1], ["a", 2]]}""", new Dictionary<string, object?> { ["$hist"] = Lists(["a", 2L], ["b", 1L]) }));

    [Theory]
    [InlineData("""{"start": 60, "value": 1}""", true)]
    [InlineData("""{"start": 60}""", false)]
    [InlineData("""{"start": 60, "value": 1, "more": 2}""", false)]
    [InlineData("""{"start": 61, "value": 1}""", false)]
    public void Compares_objects_member_by_member(string expected, bool same) =>
        Assert.Equal(same, Find(expected, new Dictionary<string, object?> { ["start"] = 60L, ["value"] = 1L }) is null);

    [Fact]
    public void Says_where() =>
        Assert.Equal("at $[1]: expected 2, actual 3", Find("[1, 2]", new List<object?> { 1L, 3L }));

    private static string? Find(string expected, object? actual)
    {
        using var document = JsonDocument.Parse(expected);
        return Difference.Find(document.RootElement, actual);
    }

    private static List<object?> Lists(params object?[][] entries) => [.. entries.Select(entry => (object?)entry.ToList())];
}
