extern alias generator;
using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using generator::Typed.Generator.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Typed.Conformance.Tests.Streams;

/// <summary>
/// All declarations of the vectors, made event streams, in one assembly that is compiled with the generator and loaded.
/// Each distinct declaration has its own namespace; the values that rows write are methods beside it.
/// </summary>
internal sealed class DeclaredEvents
{
    private const string Usings = "using System; using System.Collections.Generic; using System.Text.Json; using System.Text.Json.Nodes; using System.Text.Json.Serialization;";

    private static readonly Lazy<DeclaredEvents> s_all = new(() => new DeclaredEvents());

    private readonly Dictionary<string, string> _spaces = new(StringComparer.Ordinal);
    private readonly ILookup<string, Diagnostic> _rules;
    private readonly Assembly _assembly;

    private DeclaredEvents()
    {
        var emitted = EmittedAssembly.Create("Typed.Declared", Sources());
        _assembly = emitted.Assembly;

        ImmutableArray<DiagnosticAnalyzer> analyzers = [new StreamDeclarationAnalyzer(), new StreamBodyAnalyzer()];
        _rules = emitted.Compilation.WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult()
            .ToLookup(diagnostic => diagnostic.Location.SourceTree?.FilePath ?? string.Empty, StringComparer.Ordinal);
    }

    /// <summary>The event class of a row.</summary>
    public static Type Type(JsonElement row) => s_all.Value._assembly.GetType($"{Space(row)}.{Name(row)}", throwOnError: true)!;

    /// <summary>The value that a row writes.</summary>
    public static object Value(JsonElement row) =>
        s_all.Value._assembly.GetType($"{Space(row)}.Values", throwOnError: true)!.GetMethod(Method(row))!.Invoke(null, null)!;

    /// <summary>What the analyzers say about the declaration of a row.</summary>
    public static IEnumerable<Diagnostic> Rules(JsonElement row) => s_all.Value._rules[Space(row)];

    private static string Space(JsonElement row) => s_all.Value._spaces[Key(row)];

    private static string Name(JsonElement row) => row.GetProperty("declaration").GetProperty("name").GetString()!;

    private static string Key(JsonElement row) => row.GetProperty("declaration").GetProperty("naming").GetString() + Source(row);

    private static string Source(JsonElement row) => row.GetProperty("declaration").GetProperty("source").GetString()!;

    private static string Method(JsonElement row) => "Value" + Convert.ToHexString(Encoding.UTF8.GetBytes(row.GetProperty("id").GetString()!));

    private IEnumerable<(string Path, string Text)> Sources()
    {
        var rows = StreamVectors.Json.Rows.Where(row => row.TryGetProperty("declaration", out _)).GroupBy(Key, StringComparer.Ordinal);
        foreach (var group in rows)
        {
            var space = $"Declared.N{_spaces.Count}";
            _spaces.Add(group.Key, space);
            var values = string.Concat(group.Where(row => row.TryGetProperty("create", out _))
                .Select(row => $"public static object {Method(row)}() => {row.GetProperty("create").GetString()};\n"));
            yield return (space, $"{Usings}\nnamespace {space};\n{AsStream(group.First())}\npublic static class Values {{ {values} }}\n");
        }
    }

    private static string AsStream(JsonElement row)
    {
        var naming = row.GetProperty("declaration").GetProperty("naming").GetString() switch
        {
            "snake" => "SnakeCaseLower",
            "kebab" => "KebabCaseLower",
            "asIs" => "AsDeclared",
            _ => "CamelCase",
        };
        var declaration = new Regex($@"\bpublic\s+(?<rest>((sealed|readonly)\s+)*)(?<kind>record struct|record|class|struct)\s+{Regex.Escape(Name(row))}\b", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        Assert.Matches(declaration, Source(row));
        return declaration.Replace(Source(row), $"[Typed.EventStream(Naming = Typed.JsonNaming.{naming})] public ${{rest}}partial ${{kind}} {Name(row)}", 1);
    }
}
