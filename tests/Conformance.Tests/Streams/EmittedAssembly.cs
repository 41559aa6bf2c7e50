extern alias generator;

using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Typed.Conformance.Tests.Streams;

/// <summary>Declarations compiled with the generator, as a consumer's build does it, and loaded.</summary>
internal sealed class EmittedAssembly
{
    // Preview, since this compiler is older than the language of the tests.
    private static readonly CSharpParseOptions s_options = new(LanguageVersion.Preview);

    private EmittedAssembly(Compilation compilation, Assembly assembly) => (Compilation, Assembly) = (compilation, assembly);

    public Compilation Compilation { get; }

    public Assembly Assembly { get; }

    public static EmittedAssembly Create(string name, IEnumerable<(string Path, string Text)> sources)
    {
        var compilation = CSharpCompilation.Create(
            name,
            [.. sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, s_options, source.Path, Encoding.UTF8))],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new generator::Typed.Generator.TypedGenerator().AsSourceGenerator()], parseOptions: s_options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var problems);
        Assert.DoesNotContain(problems, problem => problem.Id == "CS8785");

        using var image = new MemoryStream();
        var result = generated.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(20)));
        image.Position = 0;
        return new EmittedAssembly(generated, AssemblyLoadContext.Default.LoadFromStream(image));
    }
}
