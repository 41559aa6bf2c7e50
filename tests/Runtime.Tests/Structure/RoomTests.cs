using Typed.Tests.Harness.Structure;

namespace Typed.Runtime.Tests.Structure;

/// <summary>No type refers to a type of a room above its own.</summary>
public partial class RoomTests
{
    private static readonly SourceFolders s_source = new("src/Runtime");

    [Fact]
    public void Rooms_refer_only_to_rooms_below()
    {
        var types = typeof(TypedStore).Assembly.GetTypes();

        Assert.True(s_source.Files.Count > 100, "The source is not found any more.");
        Assert.Empty(Rooms.Order.Violations(types, s_source.FolderOf));
    }

    [Fact]
    public void No_folders_go_in_a_circle() => Assert.Empty(ReferenceCycles.Find(typeof(TypedStore).Assembly.GetTypes(), s_source.FolderOf));

    [Fact]
    public void No_folders_of_telemetry_go_in_a_circle() =>
        Assert.Empty(ReferenceCycles.Find(typeof(TelemetryModules).Assembly.GetTypes(), new SourceFolders("src/Telemetry").FolderOf));

    [Theory]
    [InlineData("src/Runtime")]
    [InlineData("src/Engines/Postgres")]
    [InlineData("src/Engines/Sqlite")]
    [InlineData("src/Telemetry")]
    [InlineData("src/AspNetCore")]
    public void A_type_is_found_by_its_files_name(string project)
    {
        var files = new SourceFolders(project).Files;

        Assert.NotEmpty(files);
        Assert.Empty(TypeNames.FilesWithoutTheirType(files));
        Assert.Empty(TypeNames.NamesOfTwoTypes(files));
    }

    // Nothing outside an engine asks which database it runs on. Two places name EF's providers: what finds an engine, and the packages that bring one.
    [Fact]
    public void Only_the_registry_of_engines_names_providers() => Assert.Equal(
        ["Storage/EngineRegistry.cs"],
        s_source.Files.Where(file => ProviderName().IsMatch(File.ReadAllText(Path.Combine(SourceFolders.RepositoryRoot(), "src/Runtime", file.Path)))).Select(file => file.Path));

    [Fact]
    public void The_order_is_that_of_the_documentation()
    {
        var text = File.ReadAllText(Path.Combine(SourceFolders.RepositoryRoot(), "docs/architecture.md"));

        Assert.Contains($"Arrows point one way: {Rooms.Order}. Declarations and Diagnostics stand at the bottom.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rooms_are_found_by_folder()
    {
        Assert.Equal("Hosting", s_source.FileOf(typeof(TypedStore))?.Room);
        Assert.Equal("Series", s_source.FileOf(typeof(Bucket<>))?.Room);
        Assert.Equal("Storage", s_source.FileOf(typeof(TypedDbContext))?.Room);
        Assert.Equal("Time", s_source.FileOf(typeof(Typed.Time.Interval))?.Room);
    }

    [Theory]
    [InlineData("Hosting", "Series", true)]
    [InlineData("Hosting", "Time", true)]
    [InlineData("Time", "Declarations", true)]
    [InlineData("Storage", "Diagnostics", true)]
    [InlineData("Diagnostics", "Storage", false)]
    [InlineData("Generated", "Hosting", true)]
    [InlineData("Series", "Generated", true)]
    [InlineData("Storage", "Storage", true)]
    [InlineData("Storage", "Generated", false)]
    [InlineData("Series", "Streams", false)]
    [InlineData("Streams", "Series", false)]
    [InlineData("Storage", "Writing", false)]
    [InlineData("Declarations", "Time", false)]
    public void The_order(string from, string to, bool allowed) => Assert.Equal(allowed, Rooms.Order.May(from, to));

    [Fact]
    public void The_check_can_fail()
    {
        Assert.Equal(["Storage -> Hosting: Typed.Runtime.Tests.Structure.BadSignature refers to Typed.Runtime.Tests.Structure.Upstairs"], Bad<BadSignature>());
        Assert.Equal(["Storage -> Hosting: Typed.Runtime.Tests.Structure.BadCode refers to Typed.Runtime.Tests.Structure.Upstairs"], Bad<BadCode>());
        Assert.Equal(["Storage -> Hosting: Typed.Runtime.Tests.Structure.BadArgument refers to Typed.Runtime.Tests.Structure.Upstairs"], Bad<BadArgument>());
        Assert.Equal(["Storage -> Hosting: Typed.Runtime.Tests.Structure.BadAttribute refers to Typed.Runtime.Tests.Structure.UpstairsAttribute"], Bad<BadAttribute>());
        Assert.Equal(["Typed.Runtime.Tests.Structure.BadCode is declared in no file that was found"], Rooms.Order.Violations([typeof(BadCode)], _ => null));
        Assert.Equal(["Typed.Runtime.Tests.Structure.BadCode is in Attic, which is no room"], Rooms.Order.Violations([typeof(BadCode)], _ => "Attic"));
    }

    [System.Text.RegularExpressions.GeneratedRegex("\"(Microsoft\\.EntityFrameworkCore\\.Sqlite|Npgsql\\.EntityFrameworkCore|Npgsql|Sqlite)\"|using (Npgsql|Microsoft\\.Data\\.Sqlite|SQLitePCL)", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial System.Text.RegularExpressions.Regex ProviderName();

    private static IEnumerable<string> Bad<T>() =>
        Rooms.Order.Violations([typeof(T)], type => type.Name.StartsWith("Upstairs", StringComparison.Ordinal) ? "Hosting" : "Storage");
}

#pragma warning disable CA1823, CA1811 // bad examples: they only refer
internal sealed class Upstairs
{
    public static int Number => Environment.ProcessId;
}

[AttributeUsage(AttributeTargets.Class)]
internal sealed class UpstairsAttribute : Attribute;

internal abstract class BadSignature
{
    public abstract IReadOnlyList<Upstairs[]> Get();
}

internal static class BadBodies
{
    public static int Count<T>() => typeof(T).Name.Length;
}

internal sealed class BadCode
{
    public int Number() => Environment.ProcessId + Upstairs.Number;
}

internal sealed class BadArgument
{
    public int Number() => BadBodies.Count<List<Upstairs>>();
}

[Upstairs]
internal sealed class BadAttribute;
