using System.Diagnostics;
using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Typed.Package.Tests.Harness;
using Typed.Tests.Harness.Structure;

namespace Typed.Package.Tests;

/// <summary>What lies in the packages, and what they say of themselves.</summary>
public class ContentTests(Workshop workshop)
{
    public static TheoryData<string> All { get; } = [.. Workshop.Names];

    [Theory]
    [InlineData("Typed", "analyzers/dotnet/cs/Typed.CodeFixes.dll", "analyzers/dotnet/cs/Typed.Generator.dll", "buildTransitive/Typed.targets", "buildTransitive/net10.0/Typed.LinkAttributes.xml", "buildTransitive/net10.0/Typed.targets", "schema/typed.schema.v1.json")]
    [InlineData("Typed.PostgreSQL", "buildTransitive/Typed.PostgreSQL.targets", "buildTransitive/net10.0/_._")]
    [InlineData("Typed.Sqlite", "buildTransitive/Typed.Sqlite.targets", "buildTransitive/net10.0/_._")]
    [InlineData("Typed.Telemetry", "buildTransitive/Typed.Telemetry.targets", "buildTransitive/net10.0/_._")]
    [InlineData("Typed.AspNetCore", "buildTransitive/Typed.AspNetCore.targets", "buildTransitive/net10.0/_._")]
    public void The_files(string name, params string[] own)
    {
        string[] everywhere = ["LICENSE", "README.md", "icon.png", $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml", $"{name}.nuspec"];
        using var package = ZipFile.OpenRead(workshop.Package(name));

        Assert.Equal(
            everywhere.Concat(own).Order(StringComparer.Ordinal),
            package.Entries.Select(entry => entry.FullName).Where(file => !IsOfFormat(file)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Symbols_have_a_package(string name)
    {
        using var package = ZipFile.OpenRead(workshop.Package(name, "snupkg"));

        Assert.Contains($"lib/net10.0/{name}.pdb", package.Entries.Select(entry => entry.FullName));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_description(string name)
    {
        var metadata = Nuspec(name);
        string Value(string element) => metadata.Element(metadata.Name.Namespace + element)?.Value ?? "";

        Assert.Equal(name, Value("id"));
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Equal("icon.png", Value("icon"));
        Assert.NotEqual("Package Description", Value("description"));
        var repository = metadata.Element(metadata.Name.Namespace + "repository")!;
        Assert.Equal("git", repository.Attribute("type")!.Value);
        Assert.Equal("https://github.com/typed-net/typed", repository.Attribute("url")!.Value);
        Assert.Matches("^[0-9a-f]{40}$", repository.Attribute("commit")!.Value);
    }

    [Fact]
    public void The_readme_of_the_packages_has_the_program_of_the_repositorys()
    {
        using var package = ZipFile.OpenRead(workshop.Package("Typed"));
        using var entry = new StreamReader(package.GetEntry("README.md")!.Open());
        var program = entry.ReadToEnd().Split("```csharp")[1].Split("```")[0];

        Assert.Contains(program, File.ReadAllText(Path.Combine(SourceFolders.RepositoryRoot(), "README.md")), StringComparison.Ordinal);
    }

    // The packages call internals of each other, so another version would not do.
    [Theory]
    [InlineData("Typed.PostgreSQL", "Typed")]
    [InlineData("Typed.Sqlite", "Typed")]
    [InlineData("Typed.Telemetry", "Typed")]
    [InlineData("Typed.AspNetCore", "Typed.Telemetry")]
    public void A_package_asks_for_another_in_its_own_version(string name, string other) =>
        Assert.Equal($"[{workshop.Version}]", Dependencies(name).Single(dependency => dependency.Attribute("id")!.Value == other).Attribute("version")!.Value);

    [Theory]
    [InlineData("Typed.Telemetry", "")]
    [InlineData("Typed.AspNetCore", "Microsoft.AspNetCore.App")]
    public void Only_the_package_for_requests_needs_ASPNET_Core(string name, string frameworks) => Assert.Equal(
        frameworks,
        string.Join(' ', Nuspec(name).Descendants().Where(element => element.Name.LocalName == "frameworkReference").Select(element => element.Attribute("name")!.Value)));

    [Fact]
    public void The_runtime_depends_on_no_database() =>
        Assert.DoesNotContain(Dependencies("Typed"), dependency => dependency.Attribute("id")!.Value.Contains("sql", StringComparison.OrdinalIgnoreCase));

    [Theory]
    [InlineData("Typed", "lib/net10.0/Typed.dll")]
    [InlineData("Typed", "analyzers/dotnet/cs/Typed.Generator.dll")]
    [InlineData("Typed", "analyzers/dotnet/cs/Typed.CodeFixes.dll")]
    [InlineData("Typed.PostgreSQL", "lib/net10.0/Typed.PostgreSQL.dll")]
    [InlineData("Typed.Sqlite", "lib/net10.0/Typed.Sqlite.dll")]
    [InlineData("Typed.Telemetry", "lib/net10.0/Typed.Telemetry.dll")]
    [InlineData("Typed.AspNetCore", "lib/net10.0/Typed.AspNetCore.dll")]
    public void An_assembly_is_reproducible_and_has_the_version_of_its_package(string name, string file)
    {
        var path = workshop.Restored(name, file);
        using var assembly = new PEReader(File.OpenRead(path));

        Assert.Contains(assembly.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        if (file.StartsWith("lib/", StringComparison.Ordinal))
        {
            Assert.Equal(workshop.Version, FileVersionInfo.GetVersionInfo(path).ProductVersion?.Split('+')[0]);
        }
    }

    private IEnumerable<XElement> Dependencies(string name) => Nuspec(name).Descendants().Where(element => element.Name.LocalName == "dependency");

    private XElement Nuspec(string name)
    {
        using var package = ZipFile.OpenRead(workshop.Package(name));
        using var entry = package.GetEntry($"{name}.nuspec")!.Open();
        var root = XDocument.Load(entry).Root!;
        return root.Element(root.Name.Namespace + "metadata")!;
    }

    /// <summary>Parts that every file of the format has.</summary>
    private static bool IsOfFormat(string file) => file is "[Content_Types].xml" || file.StartsWith("_rels/", StringComparison.Ordinal) || file.StartsWith("package/", StringComparison.Ordinal);
}
