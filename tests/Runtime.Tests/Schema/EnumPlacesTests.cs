using Typed.Schema;
using Typed.Schema.Json;

namespace Typed.Runtime.Tests.Schema;

/// <summary>Where enums stand in the events of a stream, as the catalog notes it.</summary>
public sealed class EnumPlacesTests
{
    private const string Enum = """{"type":"string","enum":["A","B"]}""";
    private const string Place = """{"type":"string","enum":[]}""";
    private const string Text = """{"type":"string"}""";

    [Theory]
    [InlineData("""{"kind":ENUM}""", """{"kind":PLACE}""")]
    [InlineData("""{"kind":{"type":["null","string"],"enum":["A",null]}}""", """{"kind":PLACE}""")]
    [InlineData("""{"kind":ENUM,"text":TEXT,"count":{"type":"integer"}}""", """{"kind":PLACE}""")]
    [InlineData("""{"in":{"type":"object","properties":{"kind":ENUM,"text":TEXT}}}""", """{"in":{"type":"object","properties":{"kind":PLACE},"required":[]}}""")]
    [InlineData("""{"in":{"type":"array","items":ENUM}}""", """{"in":{"type":"array","items":PLACE}}""")]
    [InlineData("""{"in":{"type":"array","items":{"type":"array","items":ENUM}}}""", """{"in":{"type":"array","items":{"type":"array","items":PLACE}}}""")]
    [InlineData("""{"in":{"type":"object","additionalProperties":ENUM}}""", """{"in":{"type":"object","properties":{},"required":[],"additionalProperties":PLACE}}""")]
    // Under each name that it had, unless another member has that one today.
    [InlineData("""{"kind":{"formerNames":["sort","text"],"type":"string","enum":["A"]},"text":TEXT}""", """{"kind":PLACE,"sort":PLACE}""")]
    // A type that holds itself.
    [InlineData("""{"kind":ENUM,"next":{"$ref":"#"}}""", """{"kind":PLACE,"next":{"$ref":"#"}}""")]
    [InlineData("""{"kind":ENUM,"tree":{"type":"object","properties":{"next":{"$ref":"#/properties/tree"}}}}""", """{"kind":PLACE}""")]
    [InlineData(
        """{"a":{"$ref":"#/properties/b"},"b":{"type":"object","properties":{"c":{"type":"array","items":{"$ref":"#/properties/d"}}}},"d":{"type":"object","properties":{"b":{"$ref":"#/properties/b"},"kind":ENUM}}}""",
        """{"a":{"$ref":"#/properties/b"},"b":{"type":"object","properties":{"c":{"type":"array","items":{"$ref":"#/properties/d"}}},"required":[]},"d":{"type":"object","properties":{"b":{"$ref":"#/properties/b"},"kind":PLACE},"required":[]}}""")]
    [InlineData("""{"text":TEXT,"any":{},"next":{"$ref":"#"}}""", null)]
    public void The_places_of_a_class(string declared, string? expected)
    {
        var places = EnumPlaces.Of(JsonSchemaParser.Parse(Root(declared)));

        Assert.Equal(expected is null ? null : Root(expected), places is null ? null : EnumPlaces.Write(places));
        Assert.True(places is null || EnumPlaces.Write(EnumPlaces.Read(EnumPlaces.Write(places))!) == EnumPlaces.Write(places));
    }

    // Two programs that open in turn: each has said its own once, and nothing is left to say.
    [Theory]
    [InlineData("""{"a":PLACE}""", """{"b":PLACE}""", """{"a":PLACE,"b":PLACE}""")]
    [InlineData("""{"a":PLACE,"b":PLACE}""", """{"b":PLACE}""", """{"a":PLACE,"b":PLACE}""")]
    [InlineData(
        """{"in":{"type":"object","properties":{"a":PLACE}}}""", """{"in":{"type":"array","items":PLACE}}""",
        """{"in":{"type":["array","object"],"items":PLACE,"properties":{"a":PLACE},"required":[]}}""")]
    [InlineData(
        """{"in":{"type":"object","additionalProperties":PLACE}}""", """{"in":{"type":"object","properties":{"a":PLACE}}}""",
        """{"in":{"type":"object","properties":{"a":PLACE},"required":[],"additionalProperties":PLACE}}""")]
    [InlineData("""{"a":PLACE,"next":{"$ref":"#"}}""", """{"b":PLACE,"next":{"$ref":"#"}}""", """{"a":PLACE,"b":PLACE,"next":{"$ref":"#"}}""")]
    [InlineData(
        """{"next":{"type":"object","properties":{"a":PLACE}}}""", """{"b":PLACE,"next":{"$ref":"#"}}""",
        """{"b":PLACE,"next":{"type":"object","properties":{"a":PLACE,"b":PLACE,"next":{"$ref":"#"}},"required":[]}}""")]
    public void What_several_programs_know(string one, string other, string expected)
    {
        var both = EnumPlaces.Merge(Root(one), Root(other));

        Assert.Equal(Root(expected), both);
        Assert.Equal(both, EnumPlaces.Merge(both, Root(one)));
        Assert.Equal(both, EnumPlaces.Merge(both, Root(other)));
        var turned = EnumPlaces.Merge(Root(other), Root(one));
        Assert.Equal(turned, EnumPlaces.Merge(EnumPlaces.Merge(turned, Root(other)), Root(one)));
    }

    [Theory]
    [InlineData(null, Place, Place)]
    [InlineData("no JSON", Place, Place)]
    [InlineData("true", Place, Place)]
    [InlineData("[1]", Place, Place)]
    [InlineData("no JSON", null, "no JSON")]
    [InlineData(Place, null, Place)]
    [InlineData(null, null, null)]
    public void What_nobody_can_read_is_replaced_by_who_knows(string? known, string? declared, string? expected) =>
        Assert.Equal(expected, EnumPlaces.Merge(known, declared));

    // The file says what a text is; where it says nothing of texts, the catalog does.
    [Theory]
    [InlineData(null, """{"k":PLACE}""", """{"k":"A"}""", """{"k":{"type":"string","enum":["A"]}}""")]
    [InlineData(null, """{"k":PLACE}""", """{"k":1}""", """{"k":{"type":"integer"}}""")]
    [InlineData("""{"k":TEXT}""", """{"k":PLACE}""", """{"k":"A"}""", """{"k":{"type":"string"}}""")]
    [InlineData("""{"k":{"type":"null"}}""", """{"k":PLACE}""", """{"k":"A"}""", """{"k":{"type":"string","enum":["A"]}}""")]
    [InlineData("""{"k":ENUM}""", null, """{"k":"C"}""", """{"k":{"type":"string","enum":["C"]}}""")]
    [InlineData("""{"k":ENUM}""", """{"m":PLACE}""", """{"k":"C","m":"D"}""", """{"k":{"type":"string","enum":["C"]},"m":{"type":"string","enum":["D"]}}""")]
    [InlineData(
        null, """{"next":{"$ref":"#"},"k":PLACE}""", """{"next":{"next":{"next":{"k":"A"}}}}""",
        """{"next":{"type":"object","properties":{"next":{"type":"object","properties":{"next":{"type":"object","properties":{"k":{"type":"string","enum":["A"]}},"required":["k"]}},"required":["next"]}},"required":["next"]}}""")]
    public void Whose_word_goes(string? file, string? note, string stored, string expected)
    {
        var read = new SchemaInference(
            file is null ? null : JsonSchemaParser.Parse(Root(file)), note is null ? null : EnumPlaces.Read(Root(note)));
        read.Add(System.Text.Encoding.UTF8.GetBytes(stored));

        Assert.Contains($"\"properties\":{expected}", read.ToText(), StringComparison.Ordinal);
    }

    // A thousand names of a kilobyte are the most that is kept.
    [Fact]
    public void Texts_that_are_no_names()
    {
        var note = EnumPlaces.Read(Root("""{"k":PLACE}"""));
        var (most, more, longest, longer) = (Many(1000), Many(1001), One(1024), One(1025));

        Assert.Equal(1000, most.Schema!.Properties!["k"].Schema.Names!.Count);
        Assert.Null(more.Schema!.Properties!["k"].Schema.Names);
        Assert.Single(longest.Schema!.Properties!["k"].Schema.Names!);
        Assert.Null(longer.Schema!.Properties!["k"].Schema.Names);

        SchemaInference One(int length) => Read([new string('x', length)]);
        SchemaInference Many(int count) => Read(Enumerable.Range(0, count).Concat(Enumerable.Range(0, count)).Select(n => $"N{n}"));

        SchemaInference Read(IEnumerable<string> texts)
        {
            var inference = new SchemaInference(noted: note);
            foreach (var text in texts)
            {
                inference.Add(System.Text.Encoding.UTF8.GetBytes($$"""{"k":"{{text}}"}"""));
            }

            return inference;
        }
    }

    private static string Root(string properties) => $$"""{"type":"object","properties":{{Parts(properties)}},"required":[]}""";

    private static string Parts(string text) => text.Replace("ENUM", Enum, StringComparison.Ordinal)
        .Replace("PLACE", Place, StringComparison.Ordinal).Replace("TEXT", Text, StringComparison.Ordinal);
}
