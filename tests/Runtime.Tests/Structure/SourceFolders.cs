using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Typed.Runtime.Tests.Structure;

/// <summary>The source of a project: which folder declares a type, and which namespace a file declares.</summary>
internal sealed partial class SourceFolders
{
    private readonly Dictionary<string, string> _rooms = new(StringComparer.Ordinal);

    /// <summary>Reads the files below a folder of the repository.</summary>
    public SourceFolders(string project)
    {
        var root = Path.Combine(RepositoryRoot(), project);
        Files = [.. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => SourceFile.Read(Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText(file)))
            .Where(file => file.Room is not ("obj" or "bin"))];
        foreach (var file in Files)
        {
            foreach (var type in file.Types)
            {
                _rooms[type] = file.Room;
            }
        }
    }

    public IReadOnlyList<SourceFile> Files { get; }

    /// <summary>The first folder of the file that declares the type, or the type it is nested in; null when no file does.</summary>
    public string? RoomOf(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return _rooms.GetValueOrDefault(type.FullName ?? "");
    }

    public static string RepositoryRoot([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Typed.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"No Typed.sln above {here}.");
    }
}

/// <summary>A source file: its place, its namespace, and the full names of the types it declares on the top level.</summary>
internal sealed partial record SourceFile(string Path, string Namespace, IReadOnlyList<string> Types)
{
    /// <summary>The first folder; empty for a file beside the project. What a database brings to LINQ stands above it.</summary>
    public string Room => Path.StartsWith("Storage/", StringComparison.Ordinal) && Path.Contains("/Linq/", StringComparison.Ordinal) ? "Engines"
        : Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.IndexOf('/', StringComparison.Ordinal)] : "";

    public static SourceFile Read(string path, string text)
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
