using System.Text;
using Typed.Schema;
using Typed.Schema.Json;
using Typed.Schema.Shapes;

namespace Typed.Runtime.Tests.Schema;

/// <summary>Every row of the table of differences that is about members: what is stored as events, what is declared as JSON Schema.</summary>
public sealed class BodyComparisonTests
{
    private const string Text = """{"type":"string"}""";
    private const string TextOrNull = """{"type":["null","string"]}""";
    private const string Integer = """{"type":"integer"}""";
    private const string Number = """{"type":"number"}""";

    // A new optional member; integer to number; X to X or null.
    [Theory]
    [InlineData("""{"a":1}""", "a!:integer b:string", "MemberAdded b")]
    [InlineData("""{"a":1}""", "a!:number", "Widened a")]
    [InlineData("""{"a":1}""", "a!:null|integer", "NullAllowed a")]
    [InlineData("""{"a":1}""", "a:integer", "")]
    [InlineData("""{"a":1}""", "a!:integer", "")]
    [InlineData("""{"a":null}""", "a!:null|string", "")]
    [InlineData("""{"a":1}""", "a!:any", "")]
    [InlineData("""{"a":[]}""", "a!:array", "")]
    // A stored member that the class does not have: in some events, in every event.
    [InlineData("""{"a":1,"b":2} {"a":1}""", "a!:integer", "MemberUndeclared b")]
    [InlineData("""{"a":1,"b":2}""", "a!:integer", "MemberRemoved b")]
    // A member the class requires.
    [InlineData("""{"a":1,"b":2} {"a":1}""", "a!:integer b!:integer", "MemberRequired b")]
    [InlineData("""{"a":1}""", "a!:integer b!:integer", "MemberRequired b")]
    // Renamed: required and required, required and optional, optional and required.
    [InlineData("""{"a":1,"old":"x"}""", "a!:integer new!:string", "MemberRenamed new<old")]
    [InlineData("""{"a":1,"old":"x"}""", "a!:integer new:string", "MemberRenamed new<old")]
    [InlineData("""{"a":1,"old":"x"} {"a":1}""", "a!:integer new!:string", "MemberRenamed new<old")]
    [InlineData("""{"a":1,"old":"x"} {"a":1}""", "a!:integer new:string", "MemberAdded new, MemberUndeclared old")]
    [InlineData("""{"a":1,"old":"x"}""", "a!:integer new!:integer", "MemberRequired new, MemberRemoved old")]
    [InlineData("""{"old":"x"}""", "new1:string new2:string", "MemberAdded new1, MemberAdded new2, MemberRemoved old")]
    // X or null to X.
    [InlineData("""{"a":1} {"a":null}""", "a!:integer", "NullRefused a")]
    [InlineData("""{"a":null}""", "a!:integer", "NullRefused a")]
    // Number to integer; another type.
    [InlineData("""{"a":1.5}""", "a!:integer", "NumberNarrowed a")]
    [InlineData("""{"a":1.0}""", "a!:integer", "")]
    [InlineData("""{"a":1}""", "a!:string", "TypeChanged a")]
    [InlineData("""{"a":"x"}""", "a!:integer", "TypeChanged a")]
    [InlineData("""{"a":true}""", "a!:integer", "TypeChanged a")]
    [InlineData("""{"a":1} {"a":"x"}""", "a!:integer", "TypeChanged a")]
    [InlineData("""{"a":{}}""", "a!:array", "TypeChanged a")]
    [InlineData("""{"a":[1]}""", "a!:integer", "TypeChanged a")]
    [InlineData("""{"a":null} {"a":1.5}""", "a!:integer", "NullRefused a, NumberNarrowed a")]
    public void Members(string events, string declared, string expected) => Assert.Equal(expected, Kinds(Infer(events), Object(declared)));

    // The same at other places: nested, in lists, in lists of lists, in dictionaries.
    [Theory]
    [InlineData("""{"in":{"a":1.5}}""", "in!:{a!:integer}", "NumberNarrowed in.a")]
    [InlineData("""{"in":{"a":1}}""", "in!:{a!:integer b!:integer}", "MemberRequired in.b")]
    [InlineData("""{"in":[{"a":1,"b":1},{"a":1}]}""", "in!:[{a!:integer}]", "MemberUndeclared in[].b")]
    [InlineData("""{"in":[[{"a":null}]]}""", "in!:[[{a!:integer}]]", "NullRefused in[][].a")]
    [InlineData("""{"in":{"x.y":"z","w":1}}""", "in!:<integer>", "TypeChanged in['x.y']")]
    [InlineData("""{"in":{"x":1,"w":2}}""", "in!:<integer>", "")]
    [InlineData("""{"in":[1,null]}""", "in!:[integer]", "NullRefused in[]")]
    public void Members_of_members(string events, string declared, string expected) => Assert.Equal(expected, Kinds(Infer(events), Object(declared)));

    [Fact]
    public void Extension_data_keeps_what_the_class_lacks()
    {
        var declared = JsonSchemaParser.Parse($$$"""{"type":"object","properties":{"a":{{{Integer}}}},"required":["a"],"additionalProperties":{}}""");

        var difference = Assert.Single(BodyComparer.Compare("s", Infer("""{"a":1,"b":2}"""), declared));

        Assert.Equal(DifferenceKind.MemberUndeclared, difference.Kind);
        Assert.Contains("kept as extension data", difference.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_former_name_stands_for_the_member()
    {
        var declared = JsonSchemaParser.Parse("""{"type":"object","properties":{"url":{"formerNames":["address","link"],"type":"string"}},"required":["url"]}""");

        Assert.Empty(BodyComparer.Compare("s", Infer("""{"link":"a"} {"address":"b"} {"url":"c"}"""), declared));
        Assert.Equal("TypeChanged url", Kinds(Infer("""{"link":1} {"url":"c"}"""), declared));
    }

    [Theory]
    [InlineData("""{"type":"string","enum":["A","B"]}""", """{"type":"string","enum":["A"]}""", "EnumNameUndeclared x")]
    [InlineData("""{"type":"string","enum":["A"]}""", """{"type":"string","enum":["A","B"]}""", "")]
    [InlineData(Text, """{"type":"string","enum":["A"]}""", "EnumNamesUnknown x")]
    [InlineData(TextOrNull, """{"type":"string","enum":["A"]}""", "NullRefused x, EnumNamesUnknown x")]
    [InlineData("""{"type":["string","null"],"enum":["A",null]}""", """{"type":["string","null"],"enum":["A",null]}""", "")]
    [InlineData("""{"type":"string","enum":["A"]}""", Text, "")]
    [InlineData("""{"type":"string","format":"uuid"}""", """{"type":"string","format":"date-time"}""", "TypeChanged x")]
    [InlineData("""{"type":"string","format":"uuid"}""", Text, "")]
    [InlineData(Text, """{"type":"string","format":"uuid"}""", "")]
    [InlineData("{}", Text, "TypeChanged x")]
    [InlineData("{}", "{}", "")]
    [InlineData(TextOrNull, Text, "NullRefused x")]
    [InlineData(Number, TextOrNull, "TypeChanged x, NullAllowed x")]
    public void Declared_before_and_declared_now(string stored, string declared, string expected) => Assert.Equal(
        expected.Split(", ").Order(), Kinds(Member(stored), Member(declared)).Split(", ").Order());

    [Fact]
    public void A_recursive_class_against_events_and_against_itself()
    {
        var declared = JsonSchemaParser.Parse(
            """{"type":"object","properties":{"n":{"type":"integer"},"next":{"anyOf":[{"type":"null"},{"$ref":"#"}]}},"required":["n"]}""");

        Assert.Empty(BodyComparer.Compare("s", declared, declared));
        Assert.EndsWith(", NumberNarrowed next.next.n", Kinds(Infer("""{"n":1,"next":{"n":2,"next":{"n":0.5,"next":null}}}"""), declared), StringComparison.Ordinal);
    }

    [Fact]
    public void The_words_name_both_sides_and_a_way_out()
    {
        var difference = Assert.Single(BodyComparer.Compare("shop.views", Infer("""{"a":1.5}"""), Object("a!:integer")));

        Assert.Equal("'a' was 'number' and is now 'integer'", difference.Text);
        Assert.Equal("stream 'shop.views': 'a' was 'number' and is now 'integer'", difference.ToString());
        Assert.Contains("double", difference.WayOut, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(DifferenceKind.MemberAdded), "Fine")]
    [InlineData(nameof(DifferenceKind.Widened), "Fine")]
    [InlineData(nameof(DifferenceKind.NullAllowed), "Fine")]
    [InlineData(nameof(DifferenceKind.IntervalAdded), "Fine")]
    [InlineData(nameof(DifferenceKind.StreamAdded), "Fine")]
    [InlineData(nameof(DifferenceKind.SeriesAdded), "Fine")]
    [InlineData(nameof(DifferenceKind.MemberUndeclared), "Warning")]
    [InlineData(nameof(DifferenceKind.MemberRequired), "Error")]
    [InlineData(nameof(DifferenceKind.MemberRemoved), "Error")]
    [InlineData(nameof(DifferenceKind.MemberRenamed), "Error")]
    [InlineData(nameof(DifferenceKind.NullRefused), "Error")]
    [InlineData(nameof(DifferenceKind.NumberNarrowed), "Error")]
    [InlineData(nameof(DifferenceKind.TypeChanged), "Error")]
    [InlineData(nameof(DifferenceKind.EnumNameUndeclared), "Error")]
    [InlineData(nameof(DifferenceKind.EnumNamesUnknown), "Information")]
    [InlineData(nameof(DifferenceKind.StreamNaming), "Error")]
    [InlineData(nameof(DifferenceKind.SeriesType), "Error")]
    [InlineData(nameof(DifferenceKind.SeriesValue), "Error")]
    [InlineData(nameof(DifferenceKind.SeriesKeys), "Error")]
    [InlineData(nameof(DifferenceKind.SeriesKeyOrder), "Error")]
    [InlineData(nameof(DifferenceKind.IntervalGrid), "Error")]
    [InlineData(nameof(DifferenceKind.IntervalUndeclared), "Information")]
    [InlineData(nameof(DifferenceKind.StreamUndeclared), "Information")]
    [InlineData(nameof(DifferenceKind.SeriesUndeclared), "Information")]
    public void The_verdicts(string kind, string verdict) => Assert.Equal(verdict, Verdicts.Of(Enum.Parse<DifferenceKind>(kind)).ToString());

    private static JsonSchema Member(string schema) => JsonSchemaParser.Parse($$$"""{"type":"object","properties":{"x":{{{schema}}}},"required":["x"]}""");

    private static string Kinds(JsonSchema stored, JsonSchema declared) => string.Join(", ", BodyComparer.Compare("s", stored, declared)
        .Select(one => $"{one.Kind} {one.Path}" + (one.FormerName is { } former ? "<" + former : "")));

    private static JsonSchema Infer(string events)
    {
        var inference = new SchemaInference();
        foreach (var text in events.Split(' '))
        {
            inference.Add(Encoding.UTF8.GetBytes(text));
        }

        return inference.Schema!;
    }

    /// <summary>Members as <c>name:type</c> and <c>name!:type</c> where required; types are names, <c>{members}</c>, <c>[element]</c> and <c>&lt;value></c>.</summary>
    private static JsonSchema Object(string members)
    {
        var at = 0;
        return JsonSchemaParser.Parse(Members("{" + members + "}"));

        string Members(string text)
        {
            List<string> properties = [];
            List<string> required = [];
            for (at++; text[at] != '}';)
            {
                var end = text.IndexOf(':', at);
                var name = text[at..end].Trim();
                at = end + 1;
                properties.Add($"\"{name.TrimEnd('!')}\":{Type(text)}");
                if (name.EndsWith('!'))
                {
                    required.Add($"\"{name.TrimEnd('!')}\"");
                }
            }

            at++;
            return $$$"""{"type":"object","properties":{{{{string.Join(',', properties)}}}},"required":[{{{string.Join(',', required)}}}]}""";
        }

        string Type(string text)
        {
            switch (text[at])
            {
                case '{':
                    return Members(text);
                case '[':
                    at++;
                    var items = Type(text);
                    at++;
                    return $$"""{"type":"array","items":{{items}}}""";
                case '<':
                    at++;
                    var values = Type(text);
                    at++;
                    return $$"""{"type":"object","properties":{},"required":[],"additionalProperties":{{values}}}""";
                default:
                    var end = text.IndexOfAny([' ', '}', ']', '>'], at);
                    var names = text[at..end];
                    at = end;
                    return names == "any" ? "{}" : $$"""{"type":[{{string.Join(',', names.Split('|').Select(name => $"\"{name}\""))}}]}""";
            }
        }
    }
}
