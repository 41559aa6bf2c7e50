extern alias generator;

using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Typed.Benchmarks.Ratios.Compiling;

/// <summary>What the generator's driver costs in a project of 200 declared classes: 100 series and 100 streams, each in a file of its own.</summary>
public abstract class GeneratorFigure(string name) : IFigure
{
    private const int Pairs = 100;

    private static readonly CSharpParseOptions s_parse = CSharpParseOptions.Default;

    private static readonly Lazy<CSharpCompilation> s_project = new(() => CSharpCompilation.Create(
        "Shop",
        [.. Enumerable.Range(0, Pairs).SelectMany<int, string>(n => [Series(n, keep: 60), Stream(n)]).Append(Unrelated(1)).Select(Parse)],
        References(),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)));

    private int _version = 1;

    public string Name => $"generator, {2 * Pairs} declared classes: {name}";

    protected CSharpCompilation Project
    {
        get => field ??= s_project.Value;
        private set;
    }

    public abstract void Prepare();

    public abstract ValueTask Run();

    protected static GeneratorDriver NewDriver() => CSharpGeneratorDriver.Create([new generator::Typed.Generator.TypedGenerator().AsSourceGenerator()], parseOptions: s_parse);

    /// <summary>A compilation of which nothing is bound yet, as after a keystroke.</summary>
    protected void Forget() => Project = Project.Clone();

    /// <summary>Another version of one file.</summary>
    protected void Edit(Func<int, string> file, int place)
    {
        _version++;
        var tree = Project.SyntaxTrees[place];
        Project = Project.ReplaceSyntaxTree(tree, tree.WithChangedText(Parse(file(_version)).GetText()));
    }

    /// <summary>Where a file stands in the project.</summary>
    protected static int PlaceOf(int pair) => 2 * pair;

    protected static int PlaceOfUnrelated => 2 * Pairs;

    protected static string Unrelated(int version) => string.Create(CultureInfo.InvariantCulture, $"namespace Shop; public class Clerk {{ public int Age() => {version}; }}");

    protected static string Series(int n, int keep) => string.Create(CultureInfo.InvariantCulture, $$"""
        using System;
        using Typed;

        namespace Shop;

        /// <summary>How long requests take.</summary>
        [TimeSeries(Type = SeriesType.Histogram, Intervals = ["minute: 1m keep {{keep}}", "hour: 1h by 1m keep 48", "day: daily by 1h keep 90 in Europe/Paris"])]
        public partial class Latency{{n}}
        {
            [SeriesKey] public required string Region { get; init; }

            [SeriesKey] public required int Server { get; init; }

            [SeriesValue] public required double Milliseconds { get; init; }

            [SeriesTime] public DateTimeOffset At { get; init; }
        }
        """);

    /// <summary>Whether the driver emitted what it should: a figure of nothing would be the best of all.</summary>
    protected static void Require(GeneratorDriver driver)
    {
        var result = driver.GetRunResult();
        if (result.GeneratedTrees.Length != (2 * Pairs) + 1 || !result.Diagnostics.IsEmpty)
        {
            throw new InvalidOperationException($"{result.GeneratedTrees.Length} files, {result.Diagnostics.Length} diagnostics.");
        }
    }

    private static string Stream(int n) => string.Create(CultureInfo.InvariantCulture, $$"""
        using System;
        using System.Collections.Generic;
        using Typed;

        namespace Shop;

        [EventStream(Name = "orders-{{n}}", Retain = "90d")]
        public partial record Order{{n}}(int Number, Customer{{n}} Customer, List<Line{{n}}> Lines, decimal Total, State{{n}} State, string? Note, [property: EventTime] DateTimeOffset At);

        public record Customer{{n}}(string Name, string? Mail);

        public record struct Line{{n}}(string Article, int Count, decimal Price);

        public enum State{{n}} { New, Paid, Sent }
        """);

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, s_parse);

    /// <summary>The framework and the runtime, as a user's project has them.</summary>
    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) is var file && (file.StartsWith("System.", StringComparison.Ordinal) || file.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) || file is "netstandard.dll" or "mscorlib.dll" or "Typed.dll"))
        .Select(path => MetadataReference.CreateFromFile(path));
}

/// <summary>As a build runs it: nothing is known.</summary>
public sealed class FullRun() : GeneratorFigure("full run")
{
    public override void Prepare() => Forget();

    public override ValueTask Run()
    {
        Require(NewDriver().RunGenerators(Project));
        return ValueTask.CompletedTask;
    }
}

/// <summary>As an editor runs it after a keystroke in the body of a method that has nothing to do with declared classes.</summary>
public sealed class UnrelatedEdit() : EditFigure("an unrelated edit")
{
    protected override void Change() => Edit(Unrelated, PlaceOfUnrelated);
}

/// <summary>As an editor runs it after a keystroke in one declaration.</summary>
public sealed class OneClassEdit() : EditFigure("an edit of one class")
{
    private const int Pair = 17;

    protected override void Change() => Edit(version => Series(Pair, keep: 60 + version), PlaceOf(Pair));
}

/// <summary>Runs a driver that remembers the run before.</summary>
public abstract class EditFigure(string name) : GeneratorFigure(name)
{
    private GeneratorDriver? _driver;

    public override void Prepare()
    {
        _driver ??= NewDriver().RunGenerators(Project);
        Change();
    }

    public override ValueTask Run()
    {
        _driver = _driver!.RunGenerators(Project);
        Require(_driver);
        return ValueTask.CompletedTask;
    }

    protected abstract void Change();
}
