using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Typed.Generator.Tests.Harness;

/// <summary>How a consumer's project is set up.</summary>
internal sealed record CompileOptions
{
    public static readonly CompileOptions Default = new();

    public string AssemblyName { get; init; } = "Consumer";

    public bool Nullable { get; init; } = true;

    /// <summary>The usings that the SDK adds to a console project.</summary>
    public bool ImplicitUsings { get; init; } = true;

    /// <summary>The consumer wants documentation: public members without it (CS1591), and comments that do not parse, are reported.</summary>
    public bool XmlDocs { get; init; }

    /// <summary>Every warning is an error, so that an assembly with one does not load.</summary>
    public bool WarningsAsErrors { get; init; }

    /// <summary>What the consumer's own source may be reported for, such as CS1591.</summary>
    public IReadOnlyList<string> NoWarn { get; init; } = [];

    /// <summary>The newest that Roslyn 4.14 calls released; emitted code may not need more.</summary>
    public LanguageVersion LanguageVersion { get; init; } = LanguageVersion.Latest;

    /// <summary>A library, or a program with statements of its own.</summary>
    public OutputKind OutputKind { get; init; } = OutputKind.DynamicallyLinkedLibrary;

    /// <summary>The packages of the two databases are referenced.</summary>
    public bool Engines { get; init; }

    /// <summary>Assemblies that this one references, themselves compiled here.</summary>
    public IReadOnlyList<GeneratorRun> Libraries { get; init; } = [];

    /// <summary>The aliases of these, where they have any.</summary>
    public IReadOnlyList<string> LibraryAliases { get; init; } = [];

    /// <summary>The files given beside the sources, such as a schema file.</summary>
    public IReadOnlyList<TextFile> Files { get; init; } = [];

    public CSharpParseOptions Parse => new(LanguageVersion, XmlDocs ? DocumentationMode.Diagnose : DocumentationMode.Parse);

    public CSharpCompilationOptions Compilation => new(
        OutputKind,
        allowUnsafe: true,
        nullableContextOptions: Nullable ? NullableContextOptions.Enable : NullableContextOptions.Disable,
        generalDiagnosticOption: WarningsAsErrors ? ReportDiagnostic.Error : ReportDiagnostic.Default,
        specificDiagnosticOptions: NoWarn.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Suppress)),
        warningLevel: 9999);
}
