using Microsoft.CodeAnalysis;
using Typed.Generator.Analysis;
using Typed.Generator.Model;
using Typed.Time;

namespace Typed.Generator.Parsing;

/// <summary>Reads the intervals of an attribute by the runtime's own grammar. A broken one is left out, the others stay.</summary>
internal static class IntervalsParser
{
    public static EquatableArray<IntervalModel> Parse(DeclaredSymbol declared, SeriesKind? kind, string table, bool keyed)
    {
        var texts = Texts(declared.Attribute);
        if (texts.Length == 0)
        {
            declared.Report(SeriesRules.NoIntervals, AttributeArguments.Location(declared.Attribute, "Intervals"), declared.Type.Name);
        }

        _ = IntervalGrammar.TryParseAll([.. texts.Select(text => text ?? "")], out var specs, out var errors);
        var names = new IntervalNames(declared, texts, kind, table, keyed);
        foreach (var error in errors.Where(error => texts[error.Index] is not null))
        {
            if (error.Kind == IntervalErrorKind.DuplicateName)
            {
                names.ReportDuplicate(error);
            }
            else
            {
                declared.Report(SeriesRules.Interval, names.Locate(error.Index, error.Start, error.Length), error.Message);
            }
        }

        return specs.Select(names.Accept).OfType<IntervalModel>().ToEquatableArray();
    }

    /// <summary>The texts as written; null where one is no constant, of which the compiler complains.</summary>
    private static string?[] Texts(AttributeData attribute) =>
        AttributeArguments.Value(attribute, "Intervals") is { Kind: TypedConstantKind.Array, IsNull: false } list
            ? [.. list.Values.Select(text => text.Kind == TypedConstantKind.Error ? null : text.Value as string ?? "")]
            : [];
}
