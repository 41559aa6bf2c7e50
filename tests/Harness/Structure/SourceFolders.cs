using System.Runtime.CompilerServices;

namespace Typed.Tests.Harness.Structure;

/// <summary>The source of a project: which file and folder declare a type.</summary>
public sealed class SourceFolders
{
    private readonly Dictionary<string, SourceFile> _files = new(StringComparer.Ordinal);

    /// <summary>Reads the files below a folder of the repository, and below folders of another project that are compiled into it.</summary>
    /// <param name="project">The project's folder, such as <c>src/Generator</c>.</param>
    /// <param name="linked">The folder of the other project. Its files that the project does not compile do no harm.</param>
    public SourceFolders(string project, string? linked = null)
    {
        Files = Read(project);
        foreach (var file in (linked is null ? [] : Read(linked)).Concat(Files))
        {
            foreach (var type in file.Types)
            {
                _files[type] = file;
            }
        }
    }

    /// <summary>The project's own files.</summary>
    public IReadOnlyList<SourceFile> Files { get; }

    /// <summary>The file that declares the type, or the type it is nested in; null when no file does. Of partial declarations one is taken.</summary>
    public SourceFile? FileOf(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return _files.GetValueOrDefault(type.FullName ?? "");
    }

    /// <summary>The whole folder of the file that declares the type, such as <c>Parsing/Streams</c>; null when no file does.</summary>
    public string? FolderOf(Type type) => FileOf(type)?.Folder;

    public static string RepositoryRoot([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Typed.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"No Typed.sln above {here}.");
    }

    private static SourceFile[] Read(string project)
    {
        var root = Path.Combine(RepositoryRoot(), project);
        return [.. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => SourceFile.Parse(Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText(file)))
            .Where(file => file.Room is not ("obj" or "bin"))];
    }
}
