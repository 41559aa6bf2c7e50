extern alias generator;

using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Typed.Benchmarks.Ratios.Compiling;

/// <summary>One generator in a driver, and a project of declared classes that is edited.</summary>
/// <param name="generator">The generator.</param>
/// <param name="declare">The text of a class: which one, and what an edit changes.</param>
/// <param name="outputs">How many files there must be: a run of nothing would be the best of all.</param>
/// <param name="file">The schema file, where there is one.</param>
internal sealed class GeneratorSide(IIncrementalGenerator generator, Func<int, int, string> declare, int outputs, AdditionalText? file = null)
{
    private static readonly CSharpParseOptions s_parse = CSharpParseOptions.Default;

    private readonly int _edited = file is null ? 34 : 35; // a series, or a stream of the file

    private CSharpCompilation _project = CSharpCompilation.Create(
        "Shop",
        Enumerable.Range(0, Declarations.Count).Select(n => Parse(declare(n, 1))).Append(Parse(Declarations.Unrelated(1))),
        References(),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private GeneratorDriver? _driver;
    private int _version = 1;

    public static GeneratorSide Typed() => new(new generator::Typed.Generator.TypedGenerator(), Declarations.Typed, Declarations.Count + 1);

    public static GeneratorSide TypedWithFile() => new(
        new generator::Typed.Generator.TypedGenerator(), Declarations.FromFile, (Declarations.Count * 3 / 2) + 1, new SchemaText(Declarations.SchemaFile()));

    public static GeneratorSide Json() => new(Load("System.Text.Json.SourceGeneration.dll"), Declarations.Json, Declarations.Count);

    public static GeneratorSide Refit() => new(Load("InterfaceStubGeneratorV2.dll"), Declarations.Refit, Declarations.Count);

    /// <summary>Readies a run as a build makes it: nothing is known.</summary>
    public void Forget() => (_driver, _project) = (NewDriver(), _project.Clone());

    /// <summary>Readies a run after a keystroke in the body of a method that has nothing to do with declared classes.</summary>
    public void EditUnrelated() => Edit(Declarations.Count, Declarations.Unrelated);

    /// <summary>Readies a run after a keystroke in one declaration.</summary>
    public void EditOne() => Edit(_edited, version => declare(_edited, version));

    public void Run()
    {
        _driver = _driver!.RunGenerators(_project);
        var result = _driver.GetRunResult();
        if (result.GeneratedTrees.Length < outputs || result.Diagnostics.Any(one => one.Severity > DiagnosticSeverity.Info) || result.Results[0].Exception is not null)
        {
            throw new InvalidOperationException(
                $"{generator}: {result.GeneratedTrees.Length} files, {result.Results[0].Exception}, {string.Join('\n', result.Diagnostics.Take(3))}");
        }
    }

    private void Edit(int place, Func<int, string> text)
    {
        _driver ??= NewDriver().RunGenerators(_project);
        _version++;
        var tree = _project.SyntaxTrees[place];
        _project = _project.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(text(_version))));
    }

    private GeneratorDriver NewDriver() =>
        CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], file is null ? [] : [file], s_parse);

    private static IIncrementalGenerator Load(string file) => (IIncrementalGenerator)Activator.CreateInstance(
        Assembly.LoadFrom(Others(file)).GetTypes().Single(type => type.IsAssignableTo(typeof(IIncrementalGenerator)) && type.GetCustomAttribute<GeneratorAttribute>() is not null))!;

    private static string Others(string file) => Path.Combine(AppContext.BaseDirectory, "generators", file);

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, s_parse);

    /// <summary>The framework, the runtime and Refit, as a user's project has them.</summary>
    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) is var file && (file.StartsWith("System.", StringComparison.Ordinal)
            || file.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) || file is "netstandard.dll" or "mscorlib.dll" or "Typed.dll"))
        .Append(Others("Refit.dll"))
        .Select(path => MetadataReference.CreateFromFile(path));

    private sealed class SchemaText(string text) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(text);

        public override string Path => "/typed.schema.json";

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }
}
