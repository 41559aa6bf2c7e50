using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Typed.Generator.Model;
using Typed.Generator.Model.Series;
using Typed.Generator.Rules;
using Typed.Time;

namespace Typed.Generator.Parsing.Series;

/// <summary>Reads the intervals of an attribute by the runtime's own grammar. A broken one is left out, the others stay.</summary>
internal static class IntervalsParser
{
    private const string Argument = "Intervals";

    public static EquatableArray<IntervalModel> Parse(DeclaredSymbol declared, SeriesMemberNames names, SeriesType kind, string table, bool keyed)
    {
        var texts = Texts(declared, out var isWrong);
        if (texts.Length == 0 && !isWrong)
        {
            declared.Report(SeriesRules.NoIntervals, AttributeArguments.Location(declared.Attribute, Argument), declared.Type.Name);
        }

        _ = IntervalGrammar.TryParseAll([.. texts.Select(text => text ?? "")], out var specs, out var errors);
        var places = new IntervalNames(declared, texts, names, kind, table, keyed);
        foreach (var error in errors.Where(error => texts[error.Index] is not null))
        {
            if (error.Kind == IntervalErrorKind.DuplicateName)
            {
                places.ReportDuplicate(error);
            }
            else
            {
                declared.Report(SeriesRules.Interval, places.Locate(error.Index, error.Start, error.Length), error.Message);
            }
        }

        return specs.Select(places.Accept).OfType<IntervalModel>().ToEquatableArray();
    }

    /// <summary>The texts as written; null where one is no constant text. Where <paramref name="isWrong"/>, the compiler complains.</summary>
    private static string?[] Texts(DeclaredSymbol declared, out bool isWrong)
    {
        var list = AttributeArguments.Value(declared.Attribute, Argument);
        isWrong = list.Kind == TypedConstantKind.Error && AttributeArguments.IsWritten(declared.Attribute, Argument);
        return isWrong ? [.. AttributeArguments.Elements(declared.Attribute, Argument).Select(element => Text(declared, element))]
            : list is { Kind: TypedConstantKind.Array, IsNull: false }
                ? [.. list.Values.Select(text => text.Kind == TypedConstantKind.Error ? null : text.Value as string ?? "")]
            : [];
    }

    /// <summary>The text of one element by itself: to the compiler one wrong element makes the whole list wrong, and the others are to stay.</summary>
    private static string? Text(DeclaredSymbol declared, ExpressionSyntax element) =>
        ((ISourceAssemblySymbol)declared.Type.ContainingAssembly).Compilation.GetSemanticModel(element.SyntaxTree).GetConstantValue(element).Value as string;
}
