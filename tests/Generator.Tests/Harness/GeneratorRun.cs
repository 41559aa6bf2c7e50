using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Microsoft.CodeAnalysis;

namespace Typed.Generator.Tests.Harness;

/// <summary>What came of running a generator on a compilation.</summary>
internal sealed class GeneratorRun
{
    private readonly Compilation _before;
    private readonly CompileOptions _options;
    private readonly Lazy<byte[]> _image;

    private GeneratorRun(GeneratorDriver driver, Compilation before, Compilation after, CompileOptions options)
    {
        Driver = driver;
        Compilation = after;
        _before = before;
        _options = options;
        _image = new Lazy<byte[]>(Emit);
    }

    /// <summary>The driver after the run, which remembers it.</summary>
    public GeneratorDriver Driver { get; }

    /// <summary>The source together with the outputs.</summary>
    public Compilation Compilation { get; }

    public GeneratorRunResult Result => Driver.GetRunResult().Results.Single();

    /// <summary>The emitted texts by hint name.</summary>
    public IReadOnlyDictionary<string, string> Outputs =>
        Result.GeneratedSources.ToDictionary(output => output.HintName, output => output.SourceText.ToString(), StringComparer.Ordinal);

    /// <summary>What the generator itself reports.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => Result.Diagnostics;

    /// <summary>The compiler's warnings and errors, anywhere.</summary>
    public IReadOnlyList<Diagnostic> Problems =>
        [.. Compilation.GetDiagnostics().Where(problem => problem is { Severity: >= DiagnosticSeverity.Warning, IsSuppressed: false })];

    /// <summary>The compiler's warnings and errors inside the outputs: those that a consumer cannot mend.</summary>
    public IReadOnlyList<Diagnostic> OutputProblems =>
        [.. Problems.Where(problem => problem.Location.SourceTree is { } tree && !_before.ContainsSyntaxTree(tree))];

    public static GeneratorRun Of(GeneratorDriver driver, Compilation compilation, CompileOptions options)
    {
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out var after, out _);
        if (driver.GetRunResult().Results.Single().Exception is { } exception)
        {
            ExceptionDispatchInfo.Throw(exception);
        }

        return new GeneratorRun(driver, compilation, after, options);
    }

    /// <summary>Fails when the generator or the compiler has anything to say. Returns the run itself.</summary>
    public GeneratorRun AssertClean()
    {
        Fail("a clean run", [.. Diagnostics, .. Problems]);
        return this;
    }

    /// <summary>Fails when the compiler objects to an output, whatever the source is like. Returns the run itself.</summary>
    public GeneratorRun AssertOutputsClean()
    {
        Fail("clean outputs", OutputProblems);
        return this;
    }

    /// <summary>Loads the compiled assembly, and its libraries, apart from everything else.</summary>
    /// <param name="ownRuntime">Whether it has a runtime to itself, in which no other consumer has registered its types.</param>
    public LoadedAssembly Load(bool ownRuntime = false) => new(_options.AssemblyName, Images(), ownRuntime);

    public MetadataReference ToReference() => MetadataReference.CreateFromImage(_image.Value);

    private static void Fail(string wanted, IReadOnlyCollection<Diagnostic> problems)
    {
        if (problems.Count > 0)
        {
            Assert.Fail($"Expected {wanted}:\n{string.Join('\n', problems.Select(Describe))}");
        }
    }

    private static string Describe(Diagnostic problem)
    {
        var line = problem.Location.GetLineSpan().StartLinePosition.Line;
        var text = problem.Location.SourceTree?.GetText().Lines[line].ToString().Trim();
        return $"  {problem}\n    {text}";
    }

    private Dictionary<string, byte[]> Images()
    {
        var images = _options.Libraries.SelectMany(library => library.Images()).DistinctBy(image => image.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        images[_options.AssemblyName] = _image.Value;
        return images;
    }

    private byte[] Emit()
    {
        using var stream = new MemoryStream();
        var result = Compilation.Emit(stream);
        if (!result.Success)
        {
            Fail("an assembly", [.. result.Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error)]);
        }

        return stream.ToArray();
    }
}
