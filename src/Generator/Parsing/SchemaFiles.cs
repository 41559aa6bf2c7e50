using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Typed.Generator.Rules;
using Typed.Schema.Shapes;

namespace Typed.Generator.Parsing;

/// <summary>The schema file among the files that a compilation is given.</summary>
internal static class SchemaFiles
{
    // A text is read once, whoever asks: editors give the same text again until it changes.
    private static readonly ConditionalWeakTable<SourceText, SchemaFileReading> s_readings = new();

    public static bool IsOne(AdditionalText file) => IsOne(file.Path);

    public static bool IsOne(string path) => string.Equals(Path.GetFileName(path), SchemaFile.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the build writes the file from the declarations, so that there is nothing to compare.</summary>
    public static bool IsToBeWritten(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue("build_property.TypedSchema", out var value) && string.Equals(value, "update", StringComparison.OrdinalIgnoreCase);

    /// <summary>The schema files, the one that counts first: a file that is given twice is one.</summary>
    public static IReadOnlyList<AdditionalText> Find(IEnumerable<AdditionalText> files) =>
        [.. files.Where(IsOne).GroupBy(file => file.Path, StringComparer.Ordinal).Select(same => same.First())];

    /// <summary>What the file says; null where it cannot be opened, which the compiler reports.</summary>
    public static SchemaFileReading? Read(AdditionalText file, CancellationToken cancellation) =>
        file.GetText(cancellation) is { } text ? s_readings.GetValue(text, static text => SchemaFileReader.Read(text.ToString())) : null;

    /// <summary>Reports what is wrong with the file: a second one is not read, and the first may be broken.</summary>
    public static void Report(AdditionalText file, IReadOnlyList<AdditionalText> all, ProblemSink problems, CancellationToken cancellation)
    {
        if (!string.Equals(all[0].Path, file.Path, StringComparison.Ordinal))
        {
            problems.Report(SchemaRules.SecondFile, Locate(file, new(0, 1, 1, "")), all[0].Path);
            return;
        }

        foreach (var problem in Read(file, cancellation)?.Problems ?? [])
        {
            problems.Report(SchemaRules.File, Locate(file, problem), problem.Message);
        }
    }

    private static Location Locate(AdditionalText file, SchemaFileProblem problem)
    {
        var at = new LinePosition(problem.Line - 1, problem.Column - 1);
        return Location.Create(file.Path, new TextSpan(problem.Start, 0), new LinePositionSpan(at, at));
    }
}
