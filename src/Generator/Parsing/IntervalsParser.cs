using Microsoft.CodeAnalysis;
using Typed.Generator.Analysis;
using Typed.Generator.Model;
using Typed.Time;

namespace Typed.Generator.Parsing;

/// <summary>Reads the intervals of an attribute by the runtime's own grammar. A broken one is left out, the others stay.</summary>
internal static class IntervalsParser
{
    public static EquatableArray<IntervalModel> Parse(AttributeData attribute, ProblemSink problems)
    {
        var argument = attribute.NamedArguments.FirstOrDefault(a => a.Key == "Intervals").Value;
        var texts = argument is { Kind: TypedConstantKind.Array, IsNull: false }
            ? argument.Values.Select(v => v.Value as string ?? "").ToArray()
            : [];
        if (texts.Length == 0)
        {
            problems.Report(SeriesRules.NoIntervals, AttributeArguments.Location(attribute, "Intervals"), attribute.AttributeClass!.Name);
        }

        _ = IntervalGrammar.TryParseAll(texts, out var specs, out var errors);
        foreach (var error in errors)
        {
            var rule = error.Kind == IntervalErrorKind.DuplicateName ? SeriesRules.DuplicateInterval : SeriesRules.Interval;
            problems.Report(rule, Locate(attribute, error), error.Message);
        }

        return specs.Select(spec => new IntervalModel(Member(spec.Name), spec)).ToEquatableArray();
    }

    /// <summary>The member that an interval becomes. Only the first letter changes: <c>x1</c> and <c>x_1</c> are two names.</summary>
    private static string Member(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    private static Location? Locate(AttributeData attribute, IntervalError error)
    {
        var elements = AttributeArguments.Elements(attribute, "Intervals");
        return error.Index < elements.Count
            ? LiteralSpans.Locate(elements[error.Index], error.Start, error.Length)
            : AttributeArguments.Location(attribute, "Intervals");
    }
}
