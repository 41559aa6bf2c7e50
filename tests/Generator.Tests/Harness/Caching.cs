using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Typed.Generator.Tests.Harness;

/// <summary>
/// Runs a generator, edits the source, runs again, and says in the driver's own words what became of each tracked step:
/// <c>Caching.Start(generator, source).Edit("1m", "2m").Expect("Series", IncrementalStepRunReason.Modified)</c>.
/// </summary>
internal sealed class Caching
{
    private readonly CompileOptions _options;
    private Compilation _compilation;
    private GeneratorRun _run;

    private Caching(IIncrementalGenerator generator, CompileOptions options, string[] sources)
    {
        _options = options;
        _compilation = Compile.Create(options, sources);
        _run = GeneratorRun.Of(Compile.Driver(generator, options), _compilation, options);
    }

    /// <summary>The latest run.</summary>
    public GeneratorRun Run => _run;

    public static Caching Start(IIncrementalGenerator generator, params string[] sources) => Start(generator, CompileOptions.Default, sources);

    public static Caching Start(IIncrementalGenerator generator, CompileOptions options, params string[] sources) => new(generator, options, sources);

    /// <summary>Replaces a text where it occurs first, as a user who types does, and runs again.</summary>
    public Caching Edit(string before, string after)
    {
        var tree = _compilation.SyntaxTrees.FirstOrDefault(tree => tree.ToString().Contains(before, StringComparison.Ordinal));
        Assert.True(tree is not null, $"The source does not hold: {before}");
        var text = tree.GetText();
        var at = text.ToString().IndexOf(before, StringComparison.Ordinal);
        var changed = text.WithChanges(new TextChange(new TextSpan(at, before.Length), after));
        return Rerun(_compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(changed)));
    }

    /// <summary>Adds a file and runs again.</summary>
    public Caching Add(string source) =>
        Rerun(_compilation.AddSyntaxTrees(Compile.Tree(_options, source, $"Added{_compilation.SyntaxTrees.Count()}.cs")));

    /// <summary>Replaces the file that stands beside the sources, and runs again.</summary>
    public Caching File(string text)
    {
        var file = new TextFile(_options.Files[0].Path, text);
        var driver = _run.Driver.ReplaceAdditionalTexts([file]);
        _run = GeneratorRun.Of(driver, _compilation, _options);
        return this;
    }

    /// <summary>Runs again on the same source.</summary>
    public Caching Again() => Rerun(_compilation);

    /// <summary>The outputs of the step of that tracking name ended so, in order: one reason per output.</summary>
    public Caching Expect(string step, params IncrementalStepRunReason[] reasons)
    {
        Assert.True(_run.Result.TrackedSteps.ContainsKey(step), $"No step is tracked as {step}. There are: {string.Join(", ", OwnSteps())}.");
        Same(step, reasons, Reasons(_run.Result.TrackedSteps[step]));
        return this;
    }

    /// <summary>How many outputs of a step ended so.</summary>
    public int Count(string step, IncrementalStepRunReason reason) => Reasons(_run.Result.TrackedSteps[step]).Count(one => one == reason);

    /// <summary>The registered source outputs ended so, in order: one reason per output.</summary>
    public Caching ExpectOutputs(params IncrementalStepRunReason[] reasons)
    {
        Same("the source outputs", reasons, Reasons(_run.Result.TrackedOutputSteps.Values.SelectMany(steps => steps)));
        return this;
    }

    /// <summary>No tracked step has a new result, and no output ran at all.</summary>
    public Caching ExpectNothingNew()
    {
        Assert.NotEmpty(OwnSteps()); // a generator that tracks nothing would always pass
        foreach (var step in OwnSteps())
        {
            Assert.All(Reasons(_run.Result.TrackedSteps[step]), reason => Assert.True(
                reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step} is {reason}."));
        }

        Assert.All(Reasons(_run.Result.TrackedOutputSteps.Values.SelectMany(steps => steps)), reason => Assert.True(
            reason is IncrementalStepRunReason.Cached, $"A source output is {reason}."));
        return this;
    }

    private static IncrementalStepRunReason[] Reasons(IEnumerable<IncrementalGeneratorRunStep> steps) =>
        [.. steps.SelectMany(step => step.Outputs).Select(output => output.Reason)];

    private static void Same(string what, IncrementalStepRunReason[] expected, IncrementalStepRunReason[] actual) => Assert.True(
        expected.SequenceEqual(actual), $"{what}: expected {string.Join(", ", expected)}, but was {string.Join(", ", actual)}.");

    /// <summary>The generator's own names. The driver tracks some of its own, and the compilation is new on every run.</summary>
    private IEnumerable<string> OwnSteps() => _run.Result.TrackedSteps.Keys.Where(name =>
        !name.Contains("ForAttribute", StringComparison.Ordinal) && typeof(WellKnownGeneratorInputs).GetField(name) is null
        && !_run.Result.TrackedOutputSteps.ContainsKey(name));

    private Caching Rerun(Compilation compilation)
    {
        _compilation = compilation;
        _run = GeneratorRun.Of(_run.Driver, compilation, _options);
        return this;
    }
}
