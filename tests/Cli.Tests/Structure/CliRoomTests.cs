using Typed.Tests.Harness.Structure;

namespace Typed.Cli.Tests.Structure;

/// <summary>The rooms of src/Cli: no type refers to a type of a room above its own.</summary>
public class CliRoomTests
{
    private static readonly SourceFolders s_source = new("src/Cli");

    private static readonly RoomOrder s_order = new([""], ["Commands"], ["Spools"], ["Charts", "Health", "Schemas", "Transfer"], ["Reading"], ["Connections"], ["Output"]);

    [Fact]
    public void Rooms_refer_only_to_rooms_below()
    {
        Assert.True(s_source.Files.Count > 50, "The source is not found any more.");
        Assert.Empty(s_order.Violations(typeof(Program).Assembly.GetTypes(), s_source.FolderOf));
    }

    [Fact]
    public void A_type_is_found_by_its_files_name()
    {
        Assert.Empty(TypeNames.FilesWithoutTheirType(s_source.Files));
        Assert.Empty(TypeNames.NamesOfTwoTypes(s_source.Files));
    }

    [Fact]
    public void A_namespace_says_the_folder() => Assert.Empty(s_source.Files
        .Where(file => file.Namespace != (file.Room.Length == 0 ? "Typed.Cli" : $"Typed.Cli.{file.Room}")).Select(file => $"{file.Path}: {file.Namespace}"));

    [Fact]
    public void Every_command_is_in_the_documentation()
    {
        var text = File.ReadAllText(Path.Combine(SourceFolders.RepositoryRoot(), "docs/cli.md"));
        var commands = s_source.Files.Select(file => Path.GetFileNameWithoutExtension(file.Path)).Where(name => name.EndsWith("Command", StringComparison.Ordinal))
            .Select(name => name[..^"Command".Length].ToLowerInvariant()).ToArray();

        Assert.True(commands.Length >= 13);
        Assert.All(commands, command => Assert.Contains($"$ typed {command}", text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_check_can_fail() =>
        Assert.NotEmpty(s_order.Violations([typeof(Output.Listing)], type => type == typeof(Output.Listing) ? "Output" : "Commands"));
}
