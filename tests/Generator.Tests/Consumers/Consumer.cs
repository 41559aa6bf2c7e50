using Microsoft.CodeAnalysis;
using Typed.Generator.Tests.Harness;
using Typed.Generator.Tests.Rules;

namespace Typed.Generator.Tests.Consumers;

/// <summary>Compiles awkward but legal declarations the ways that consumers do. No warning may come from emitted code, and no rule may object.</summary>
internal static class Consumer
{
    /// <summary>Runs with nullable on and off, documentation on. The consumer's own source may have these warnings.</summary>
    public static async Task<GeneratorRun> CheckAsync(string source, CompileOptions? options = null)
    {
        options = (options ?? CompileOptions.Default) with { XmlDocs = true };
        GeneratorRun run = null!;
        foreach (var nullable in new[] { false, true })
        {
            run = Compile.Run(new TypedGenerator(), options with { Nullable = nullable }, source).AssertOutputsClean();
            Assert.DoesNotContain(run.Problems, problem => problem.Severity == DiagnosticSeverity.Error);

            // A Histogram of double without Digits is right, and told of a cheaper way.
            Assert.DoesNotContain(await Analyze.ReportAsync(Rule.Analyzers, run.Compilation), problem => problem.Id != "TYP1032");
        }

        Assert.True(run.Outputs.Count > 1, "Nothing is declared.");
        return run;
    }

    /// <summary>The source with attributes for its marks: <c>@1</c> a Count, <c>@2</c> a Histogram, each with its own tables.</summary>
    public static string Declare(string source)
    {
        var parts = source.Split('@');
        var text = parts[0];
        for (var i = 1; i < parts.Length; i++)
        {
            var type = parts[i][0] switch { '1' => "Count", '2' => "Histogram", _ => "" };
            text += type.Length == 0 ? "@" + parts[i] : $"[global::Typed.TimeSeries(Type = global::Typed.SeriesType.{type}, Name = \"s{i}\", Intervals = [\"minute: 1m keep 60\", \"day: daily by 1h in Europe/Paris\"])]{parts[i][1..]}";
        }

        return text;
    }
}
