using System.Text.RegularExpressions;

namespace Typed.Tests.Harness.Structure;

/// <summary>A source file: its path inside the project, its namespace, and the full names of the types that it declares on the top level.</summary>
public sealed partial record SourceFile(string Path, string Namespace, IReadOnlyList<string> Types)
{
    /// <summary>The whole folder; empty for a file beside the project.</summary>
    public string Folder => Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.LastIndexOf('/')] : "";

    /// <summary>The first folder; empty for a file beside the project.</summary>
    public string Room => Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.IndexOf('/', StringComparison.Ordinal)] : "";

    /// <summary>What the file's main type should be called: the file's name up to its first dot.</summary>
    public string Name => Path[(Folder.Length == 0 ? 0 : Folder.Length + 1)..].Split('.')[0];

    public static SourceFile Parse(string path, string text)
    {
        var name = NamespaceLine().Match(text).Groups["name"].Value;
        return new(path, name, [.. TypeLine().Matches(text).Select(match => $"{name}.{match.Groups["name"].Value}{Arity(match.Groups["parameters"].Value)}")]);
    }

    private static string Arity(string parameters) => parameters.Length == 0 ? "" : $"`{parameters.Count(c => c == ',') + 1}";

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NamespaceLine();

    // Types on the top level of a file-scoped namespace stand at the start of a line.
    [GeneratedRegex(
        @"^(?:(?:public|internal|file|static|abstract|sealed|readonly|ref|partial|unsafe) )*(?:class|struct|interface|enum|record(?: struct| class)?|delegate [\w<>?\[\]]+) (?<name>\w+)(?:<(?<parameters>[^>]+)>)?",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex TypeLine();
}
