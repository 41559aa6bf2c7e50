using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Typed.Generator.Tests.Harness;

/// <summary>Compiles a consumer's source texts, alone or with a generator.</summary>
internal static class Compile
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    public static CSharpCompilation Create(params string[] sources) => Create(CompileOptions.Default, sources);

    /// <summary>A compilation of Source0.cs, Source1.cs and so on.</summary>
    public static CSharpCompilation Create(CompileOptions options, params string[] sources)
    {
        var trees = sources.Select((source, i) => Tree(options, source, $"Source{i}.cs"));
        return CSharpCompilation.Create(
            options.AssemblyName,
            options.ImplicitUsings ? trees.Append(Tree(options, Usings, "Usings.cs")) : trees,
            [.. References.All, .. options.Engines ? References.Engines : [], .. options.Libraries.Select(library => library.ToReference().WithAliases(options.LibraryAliases))],
            options.Compilation);
    }

    public static GeneratorRun Run(IIncrementalGenerator generator, params string[] sources) => Run(generator, CompileOptions.Default, sources);

    /// <summary>Runs the generator once. An exception inside it comes out as what it is.</summary>
    public static GeneratorRun Run(IIncrementalGenerator generator, CompileOptions options, params string[] sources)
    {
        var compilation = Create(options, sources);
        return GeneratorRun.Of(Driver(generator, options), compilation, options);
    }

    public static GeneratorDriver Driver(IIncrementalGenerator generator, CompileOptions options) =>
        CSharpGeneratorDriver.Create(
            [generator.AsSourceGenerator()],
            additionalTexts: options.Files,
            parseOptions: options.Parse,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    public static SyntaxTree Tree(CompileOptions options, string source, string path) =>
        CSharpSyntaxTree.ParseText(SourceText.From(source.ReplaceLineEndings("\n"), Encoding.UTF8), options.Parse, path);
}
