using Typed.Tests.Harness.Structure;

namespace Typed.Runtime.Tests.Structure;

/// <summary>A namespace says the folder, so that a using says the room.</summary>
public class NamespaceTests
{
    private static readonly SourceFolders s_runtime = new("src/Runtime");
    private static readonly SourceFolders s_generator = new("src/Generator");

    [Fact]
    public void Files_of_the_runtime_declare_the_namespace_of_their_folder_or_the_users_one() =>
        Assert.Empty(s_runtime.Files.Where(file => !IsRuntime(file)).Select(file => $"{file.Path}: {file.Namespace}"));

    [Fact]
    public void Files_of_the_generator_declare_the_namespace_of_their_folder() =>
        Assert.Empty(s_generator.Files.Where(file => !IsGenerator(file)).Select(file => $"{file.Path}: {file.Namespace}"));

    [Fact]
    public void The_users_namespace_holds_what_users_see() =>
        Assert.DoesNotContain(typeof(TypedStore).Assembly.GetTypes(), type => type is { Namespace: "Typed" or "Typed.Generated", IsNested: false, IsPublic: false });

    [Fact]
    public void The_checks_can_fail()
    {
        Assert.True(s_runtime.Files.Count > 100 && s_generator.Files.Count > 50, "The source is not found any more.");
        Assert.True(IsRuntime(new("Storage/Sqlite/A.cs", "Typed.Storage.Sqlite", [])));
        Assert.True(IsRuntime(new("Storage/Sqlite/A.cs", "Typed.Storage", [])));
        Assert.True(IsRuntime(new("Storage/Sqlite/A.cs", "Typed", [])));
        Assert.False(IsRuntime(new("Storage/Sqlite/A.cs", "Typed.Series", [])));
        Assert.False(IsRuntime(new("Storage/Sqlite/A.cs", "Typed.Sqlite", [])));
        Assert.False(IsRuntime(new("Storage/Sqlite/A.cs", "Typed.Storage.Sqlite.Rows", [])));
        Assert.False(IsRuntime(new("A.cs", "", [])));
        Assert.True(IsGenerator(new("TypedGenerator.cs", "Typed.Generator", [])));
        Assert.False(IsGenerator(new("Parsing/A.cs", "Typed.Generator", [])));
        Assert.False(IsGenerator(new("Parsing/A.cs", "Typed.Generator.Model", [])));
    }

    // What emitted code or an engine sees is public but hidden, and has one namespace whatever its room.
    private static bool IsRuntime(SourceFile file) => file.Namespace is "Typed" or "Typed.Generated" || IsFolder(file, "Typed");

    // What the framework lacks has to be declared where the compiler looks for it.
    private static bool IsGenerator(SourceFile file) =>
        file.Room == "Polyfills" ? file.Namespace.StartsWith("System.", StringComparison.Ordinal)
        : file.Room.Length == 0 ? file.Namespace == "Typed.Generator"
        : IsFolder(file, "Typed.Generator");

    /// <summary>The room, or the room with as many of the folders below it as the file has.</summary>
    private static bool IsFolder(SourceFile file, string root)
    {
        var folders = file.Path.Split('/')[..^1];
        return Enumerable.Range(1, folders.Length).Any(depth => file.Namespace == $"{root}.{string.Join('.', folders[..depth])}");
    }
}
