using Typed.Tests.Harness.Structure;

namespace Typed.Generator.Tests.Structure;

/// <summary>The rooms of src/Generator: who may refer to whom, and where a type is found.</summary>
public class GeneratorRoomTests
{
    private static readonly SourceFolders s_source = new("src/Generator", linked: "src/Runtime");
    private static readonly Type[] s_types = typeof(TypedGenerator).Assembly.GetTypes();

    /// <summary>Rules stand at the bottom, since parsing reports into them. The last three floors are the runtime's own sources.</summary>
    private static readonly RoomOrder s_order = new RoomOrder(
        [""], ["Analysis"], ["Emission/Series", "Emission/Streams"], ["Emission"], ["Parsing/Series", "Parsing/Streams"], ["Parsing"],
        ["Shapes/Series", "Shapes/Streams"], ["Model/Series", "Model/Streams"], ["Model", "Rules"], ["Schema"], ["Time"], ["Declarations", "Polyfills"])
        .Apart("Series", "Streams").Apart("Emission", "Parsing").Apart("Emission", "Analysis");

    [Fact]
    public void Rooms_refer_only_to_rooms_below()
    {
        Assert.True(s_source.Files.Count > 80, "The source is not found any more.");
        Assert.Empty(s_order.Violations(s_types, s_source.FolderOf));
    }

    [Theory]
    [InlineData("Analysis", "Parsing/Streams", true)]
    [InlineData("Parsing/Series", "Rules", true)]
    [InlineData("Emission/Series", "Model/Series", true)]
    [InlineData("Parsing", "Emission", false)]
    [InlineData("Emission/Series", "Parsing", false)]
    [InlineData("Analysis", "Emission", false)]
    [InlineData("Parsing", "Parsing/Series", false)]
    [InlineData("Parsing/Series", "Parsing/Streams", false)]
    [InlineData("Parsing/Streams", "Model/Series", false)]
    [InlineData("Model", "Parsing", false)]
    [InlineData("Rules", "Analysis", false)]
    public void The_order(string from, string to, bool allowed) => Assert.Equal(allowed, s_order.May(from, to));

    [Fact]
    public void No_folders_go_in_a_circle() => Assert.Empty(ReferenceCycles.Find(s_types, s_source.FolderOf));

    [Fact]
    public void No_files_go_in_a_circle() => Assert.Empty(ReferenceCycles.Find(s_types, type => s_source.FileOf(type) is { } file && s_source.Files.Contains(file) ? file.Path : null));

    [Fact]
    public void A_type_is_found_by_its_files_name() => Assert.Empty(TypeNames.FilesWithoutTheirType(s_source.Files));

    [Fact]
    public void No_name_is_that_of_two_types() => Assert.Empty(TypeNames.NamesOfTwoTypes(s_source.Files));
}
