using Microsoft.CodeAnalysis;

namespace Typed.Generator.Tests.Harness;

/// <summary>What a consumer of the package can see.</summary>
internal static class References
{
    // The tests' own tools. The generator above all: it holds copies of runtime types, which a consumer never sees beside the originals.
    private static readonly string[] s_hidden =
    [
        "Typed.Generator", "Typed.CodeFixes", "Typed.Tests", "Microsoft.CodeAnalysis", "Microsoft.TestPlatform", "Microsoft.VisualStudio", "xunit", "testhost",
        "DiffPlex", "Humanizer", "MessagePack", "Microsoft.NET.StringTools", "Newtonsoft.Json", "NuGet",
    ];

    private static readonly string[] s_engines = ["Typed.Sqlite.dll", "Typed.PostgreSQL.dll"];

    /// <summary>The framework, the runtime and its packages, without the tests' own tools.</summary>
    public static IReadOnlyList<MetadataReference> All { get; } =
    [
        .. Trusted()
            .Append(Path.Combine(AppContext.BaseDirectory, "Typed.dll"))
            .DistinctBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase)
            .Where(path => !s_engines.Contains(Path.GetFileName(path), StringComparer.OrdinalIgnoreCase))
            .Where(path => !s_hidden.Any(name => Path.GetFileName(path).StartsWith(name, StringComparison.OrdinalIgnoreCase)))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The packages of the two databases.</summary>
    public static IReadOnlyList<MetadataReference> Engines { get; } = [.. s_engines.Select(engine => MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, engine)))];

    private static string[] Trusted() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
}
