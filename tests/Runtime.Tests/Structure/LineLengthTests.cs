using Typed.Tests.Harness.Structure;

namespace Typed.Runtime.Tests.Structure;

/// <summary>Lines that fit beside another window.</summary>
public class LineLengthTests
{
    private const int Longest = 160;

    // Lines of emitted text in raw strings: a break would be a break in the emitted file.
    private static readonly Dictionary<string, int> s_emitted = new(StringComparer.Ordinal)
    {
        ["Generator/Emission/Series/BucketEmitter.cs"] = 2,
        ["Generator/Emission/Streams/StreamEmitter.cs"] = 2,
    };

    [Fact]
    public void No_line_of_the_source_is_longer_than_160_characters()
    {
        var root = Path.Combine(SourceFolders.RepositoryRoot(), "src");
        var files = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(root, file).Replace('\\', '/'), Text: File.ReadAllText(file)))
            .Where(file => !file.Path.Contains("/obj/", StringComparison.Ordinal)).ToArray();

        Assert.True(files.Length > 300, "The source is not found any more.");
        Assert.Empty(files.SelectMany(file => LongLines(file.Path, file.Text)));
    }

    [Fact]
    public void The_check_can_fail()
    {
        var (fits, over) = (new string('x', Longest), new string('x', Longest + 1));
        Assert.Empty(LongLines("Runtime/A.cs", $"{fits}\n{fits}\n"));
        Assert.Equal(["Runtime/A.cs:2: 161 characters"], LongLines("Runtime/A.cs", $"{fits}\n{over}\n"));
        Assert.Single(LongLines("Generator/Emission/Streams/StreamEmitter.cs", $"{over}\n{over}\n{over}"));
    }

    private static IEnumerable<string> LongLines(string path, string text) => text.Split('\n')
        .Select((line, index) => (Length: line.TrimEnd('\r').Length, Number: index + 1))
        .Where(line => line.Length > Longest)
        .Skip(s_emitted.GetValueOrDefault(path))
        .Select(line => $"{path}:{line.Number}: {line.Length} characters");
}
