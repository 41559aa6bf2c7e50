using System.Text.Json;
using Typed.Time;

namespace Typed.Conformance.Tests.Series;

/// <summary>grids.json, <c>grammar</c>: what interval texts mean, and where the wrong ones are underlined.</summary>
public class GrammarTests
{
    private const string File = "series/grids.json";

    public static TheoryData<string> Cases => Vectors.Ids(File, "grammar");

    [Theory, MemberData(nameof(Cases))]
    public void Grammar(string id)
    {
        var item = Vectors.Items(File, "grammar")[id];
        var expect = item.GetProperty("expect");
        string[] texts = item.Find("texts") is JsonElement several ? [.. several.EnumerateArray().Select(static t => t.GetString()!)] : [item.GetProperty("text").GetString()!];

        var right = IntervalGrammar.TryParseAll(texts, out var specs, out var errors);

        Assert.Equal(expect.FindText("error") is null, right);
        if (right)
        {
            Assert.Equal(Parsed(expect.GetProperty("parsed")), specs.Select(Describe), StringComparer.Ordinal);
        }
        else
        {
            AssertError(expect, texts, errors);
        }

        // One text by itself gives the same.
        if (texts.Length == 1)
        {
            Assert.Equal(right, IntervalGrammar.TryParse(texts[0], out var spec, out var error));
            Assert.Equal(specs.SingleOrDefault(), spec);
            Assert.Equal(right ? null : errors[0], error);
        }
    }

    private static void AssertError(JsonElement expect, string[] texts, IReadOnlyList<IntervalError> errors)
    {
        var error = errors[0];
        Assert.Equal(expect.FindText("error"), error.Kind switch { IntervalErrorKind.DuplicateName => "duplicate-name", var kind => kind.ToString().ToLowerInvariant() });
        Assert.Equal(expect.Find("index")?.GetInt32() ?? 0, error.Index);
        Assert.InRange(error.Start, 0, texts[error.Index].Length);
        Assert.InRange(error.Start + error.Length, error.Start, texts[error.Index].Length);
        if (expect.Find("span") is not JsonElement span)
        {
            return;
        }

        var start = span[0].GetInt32();
        var end = start + span[1].GetInt32();
        Assert.True(error.Length > 0);
        Assert.InRange(error.Start, start, end);
        Assert.InRange(error.Start + error.Length, start, end);
    }

    private static IEnumerable<string> Parsed(JsonElement parsed) => parsed.ValueKind == JsonValueKind.Array
        ? parsed.EnumerateArray().Select(Describe)
        : [Describe(parsed)];

    private static string Describe(JsonElement parsed) =>
        FormattableString.Invariant($"{parsed.GetProperty("name")} | {Step(parsed, "step")} | {Step(parsed, "resolution")} | {parsed.Find("keep")} | {parsed.Find("zone")} | {parsed.GetProperty("coarse").GetBoolean()}");

    private static string Describe(IntervalSpec spec) =>
        FormattableString.Invariant($"{spec.Name} | {Step(spec.Step)} | {Step(spec.Resolution)} | {spec.Keep} | {spec.Zone} | {spec.IsCoarse}");

    private static string Step(JsonElement parsed, string member) => parsed.GetProperty(member).EnumerateObject().Single().Value.ToString();

    private static string Step(StepSpec step) => FormattableString.Invariant($"{(step.IsCalendar ? step.ToString() : step.Seconds)}");
}
