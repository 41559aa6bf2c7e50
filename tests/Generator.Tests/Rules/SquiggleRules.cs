using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Typed.Generator.Parsing.Series;
using static Typed.Generator.Tests.Rules.Rule;

namespace Typed.Generator.Tests.Rules;

/// <summary>The squiggle lies on the offending characters, however the text is written.</summary>
public class SquiggleRules
{
    [Theory]
    [InlineData("""["minute: [|1x|] keep 3"]""")]
    [InlineData("""["minute\u003a\u0020[|1x|]"]""")]
    [InlineData("""["m\u0069nute: [|\u0031x|]"]""")]
    [InlineData("""["minute: [|\U00000031x|] keep 3"]""")]
    [InlineData("""["minute:\t[|1\x78|]\tkeep 3"]""")]
    [InlineData("""["minute:\t[|1\x7|]\tkeep 3"]""")]
    [InlineData("""["minute: 1m keep [|\"3\"|]"]""")]
    [InlineData("""["minute: 1m keep [|\U0001F600|]"]""")]
    [InlineData("""["\u00e5r: [|årlig|]"]""")]
    public Task In_a_literal_with_escapes(string list) => ExpectAsync(Intervals(list), "TYP1010");

    [Theory]
    [InlineData("""[@"minute: [|1x|] keep 3"]""")]
    [InlineData("""[@"minute: [|""1""|] keep 3"]""")]
    [InlineData("""[@"minute: [|\1|]"]""")]
    [InlineData("[@\"minute:\n  [|1x|] keep 3\"]")]
    public Task In_a_verbatim_literal(string list) => ExpectAsync(Intervals(list), "TYP1010");

    [Theory]
    [InlineData(""""["""minute: [|1x|] keep 3"""]"""")]
    [InlineData(""""["""minute: [|"1"|] keep 3"""]"""")]
    [InlineData("[\"\"\"\"\"minute: [|\"\"1\"|] keep 3\"\"\"\"\"]")]
    [InlineData("[\"\"\"\n    minute: [|1x|]\n    \"\"\"]")]
    [InlineData("[\"\"\"\n      minute:\n        [|1x|] keep 3\n\n      \"\"\"]")]
    [InlineData("[\"\"\"\n\n  \n\n      minute:\n  \n        [|1x|]\n      \n      \"\"\"]")]
    [InlineData("[\"\"\"\"\n\tminute: [|\"\"\"1|]\n\t\"\"\"\"]")]
    [InlineData("[\"\"\"\nminute: [|1x|]\n\"\"\"]")]
    public Task In_a_raw_literal(string list) => ExpectAsync(Intervals(list), "TYP1010");

    [Theory]
    [InlineData("""["minute: " + "[|1x|]"]""")]
    [InlineData("""["minute: [|1" + "x|] keep 3"]""")]
    [InlineData("""[("minute: " + (@"" + ("[|1x|]"))) + " keep 3"]""")]
    [InlineData(""""["min\u0075te" + @": [|""1""" + "\x78|] keep 3"]"""")]
    [InlineData("""[Name + ": [|1x|]"]""")]
    [InlineData("""["minute: [|1x|] keep " + Keep]""")]
    [InlineData("""["[|1st|]: " + Step + " keep " + "3"]""")]
    [InlineData("""["minute: " + Step + " keep " + Keep + " [|please|]"]""")]
    [InlineData("""["minute: " + [|Wrong|] + " keep 3"]""")]
    [InlineData("""["minute: " + [|Wrong + "x|]"]""")]
    [InlineData("""[[|"minute: " + Wrong + " keep " + Keep|]]""")] // two unknown lengths: anywhere between
    [InlineData("""["minute: [|1x|]" + null]""")]
    public Task In_a_concatenation(string list) => ExpectAsync(WithConstants(Intervals(list)), "TYP1010");

    [Theory]
    [InlineData("""["minute: [|1x|]"!]""")]
    [InlineData("""[(string)"minute: [|1x|] keep 3"]""")]
    [InlineData("""[$"minute: [|1x|] keep 3"]""")]
    [InlineData("""["min" + $@"ute: [|1x|] " + (("keep 3"))!]""")]
    [InlineData(""""[$"""minute: [|1x|] keep 3"""]"""")]
    [InlineData("""[Name + $": [|1x|]"]""")]
    [InlineData("""[[|$"minute: \u0031x"|]]""")] // an escape there: the whole
    public Task In_what_stands_for_a_literal(string list) => ExpectAsync(WithConstants(Intervals(list)), "TYP1010");

    [Theory]
    [InlineData("""[[|All|]]""")]
    [InlineData("""[[|Constants.All|]]""")]
    [InlineData("""[[|$"minute: {Wrong}"|]]""")]
    [InlineData("""["minute: 1m", [|nameof(Order)|]]""")]
    public Task In_a_constant_it_lies_on_the_whole(string list) => ExpectAsync(WithConstants(Intervals(list)), "TYP1010");

    [Theory]
    [InlineData("""new[] { "minute: 1m", "day: [|1x|]" }""")]
    [InlineData("""new string[] { "minute: 1m", "day: [|1x|]" }""")]
    [InlineData("""new string[2] { "minute: 1m", "day: [|1x|]", }""")]
    [InlineData("""(new[] { "minute: 1m", "day: [|1x|]" })""")]
    [InlineData("""(string[])["minute: 1m", "day: [|1x|]"]""")]
    public Task In_any_list(string list) => ExpectAsync(Intervals(list), "TYP1010");

    [Theory]
    [InlineData("\"\"\"\r\n  minute:\r\n\r\n  1x\r\n  \"\"\"")]
    [InlineData("@\"minute:\r\n1x\"")]
    [InlineData("\"\" + \"\"\"\r\n\tminute:\r\n\t1x\r\n\t\"\"\" + \"y\"")]
    public void Whatever_ends_a_line(string source)
    {
        var expression = SyntaxFactory.ParseExpression(source);
        var value = string.Concat(expression.DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>().Select(literal => literal.Token.ValueText));
        Assert.Contains("\r\n", value, StringComparison.Ordinal);

        for (var i = 0; i < value.Length; i++)
        {
            var span = LiteralSpans.Locate(expression, value, i, 1).SourceSpan;
            Assert.Equal(value[i].ToString(), source.Substring(span.Start, span.Length));
        }
    }

    [Theory]
    [InlineData("\"minute: 1x")]
    [InlineData("\"minute: \\")]
    [InlineData("\"minute: \\u12\"")]
    [InlineData("\"minute: \\U12345678\"")]
    [InlineData("@\"minute: 1x")]
    [InlineData("@\"")]
    [InlineData("\"\"\"")]
    [InlineData("\"\"\"minute")]
    [InlineData("\"\"\"\nminute")]
    [InlineData("\"\"\"\n  minute\n 1x\n  \"\"\"")]
    [InlineData("\"\"\"\n\"\"\"")]
    [InlineData("\"minute\" + ")]
    public void A_broken_literal_is_marked_somewhere(string source)
    {
        var expression = SyntaxFactory.ParseExpression(source);

        Assert.All(Enumerable.Range(0, 12), start => Assert.True(expression.Span.Contains(LiteralSpans.Locate(expression, "minute: 1x", start, 2).SourceSpan)));
    }

    private static string WithConstants(string source) => $$"""
        using static Constants;
        {{source}}
        public static class Constants
        {
            public const string Name = "minute", Step = "1m", Keep = "3", Wrong = "1x", All = "minute: 1x";
        }
        """;
}
