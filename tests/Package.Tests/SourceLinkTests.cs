using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using Typed.Package.Tests.Harness;
using Typed.Tests.Harness.Structure;

namespace Typed.Package.Tests;

/// <summary>
/// What a debugger needs to show the sources of a package. The map to them depends on the remote of the clone, which the one of this build may lack: a project
/// with the repository's own settings is packed from clones that have it.
/// </summary>
public class SourceLinkTests(Workshop workshop)
{
    private const string Remote = "https://github.com/typed-net/typed";

    private static readonly Guid s_sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid s_embedded = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [Fact]
    public async Task Symbols_lead_to_the_sources_of_the_commit_wherever_they_were_built()
    {
        var origin = Path.Combine(workshop.Folder("Sources"), "origin");
        var commit = await CommitAsync(origin);
        string[] clones = [Path.Combine(workshop.Folder("Sources"), "here"), Path.Combine(workshop.Folder("Sources"), "some", "where", "else")];
        var packages = await Task.WhenAll(clones.Select(clone => PackAsync(origin, clone)));

        using var symbols = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Read($"{packages[0]}.snupkg", "lib/net10.0/Small.pdb")));
        var reader = symbols.GetMetadataReader();
        var link = Assert.Single(Information(reader, EntityHandle.ModuleDefinition, s_sourceLink));
        var documents = JsonDocument.Parse(link).RootElement.GetProperty("documents");
        Assert.Equal($"https://raw.githubusercontent.com/typed-net/typed/{commit}/*", documents.GetProperty("/_/*").GetString());

        var written = reader.Documents.Where(document => !Information(reader, document, s_embedded).Any()).Select(document => reader.GetString(reader.GetDocument(document).Name));
        Assert.Equal(["/_/src/Small/One.cs"], written);
        Assert.Equal(Read($"{packages[0]}.nupkg", "lib/net10.0/Small.dll"), Read($"{packages[1]}.nupkg", "lib/net10.0/Small.dll"));
    }

    [Theory]
    [MemberData(nameof(ContentTests.All), MemberType = typeof(ContentTests))]
    public void Symbols_are_those_of_the_assembly(string name)
    {
        using var assembly = new PEReader(new MemoryStream(Read(workshop.Package(name), $"lib/net10.0/{name}.dll")));
        var entry = assembly.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.CodeView);
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Read(workshop.Package(name, "snupkg"), $"lib/net10.0/{name}.pdb")));

        Assert.Equal(new BlobContentId(assembly.ReadCodeViewDebugDirectoryData(entry).Guid, entry.Stamp), new BlobContentId(symbols.GetMetadataReader().DebugMetadataHeader!.Id));
    }

    /// <summary>A repository with a project that is packed as those of this one are.</summary>
    private static async Task<string> CommitAsync(string folder)
    {
        var root = SourceFolders.RepositoryRoot();
        string[] shared = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "LICENSE", "src/Directory.Build.props", "src/Directory.Build.targets"];
        foreach (var file in shared.Concat(Directory.GetFiles(Path.Combine(root, "src/Package")).Select(path => Path.GetRelativePath(root, path))))
        {
            var target = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(root, file), target);
        }

        Directory.CreateDirectory(Path.Combine(folder, "src/Small"));
        await File.WriteAllTextAsync(Path.Combine(folder, ".gitignore"), "bin/\nobj/\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "src/Small/One.cs"), "namespace Small;\n\n/// <summary>Has a method, so that there are symbols.</summary>\npublic static class One\n{\n    /// <summary>1.</summary>\n    public static int Get() => 1;\n}\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "src/Small/Small.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <PackageId>Small</PackageId>
                <IsPackable>true</IsPackable>
              </PropertyGroup>
            </Project>
            """);
        await GitAsync(folder, "init", "-q");
        await GitAsync(folder, "add", ".");
        await GitAsync(folder, "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", "commit", "-q", "-m", "First");
        await GitAsync(folder, "tag", "v1.2.3");
        return (await GitAsync(folder, "rev-parse", "HEAD")).Trim();
    }

    /// <summary>Clones a repository, and packs its project as a build server does.</summary>
    /// <returns>The path of the package, without its extension.</returns>
    private static async Task<string> PackAsync(string origin, string clone)
    {
        Directory.CreateDirectory(clone);
        await GitAsync(clone, "clone", "-q", origin, ".");
        await GitAsync(clone, "remote", "set-url", "origin", Remote);
        var (exit, output) = await DotNet.RunAsync(clone, ["pack", "src/Small", "-o", "out", "-nologo", "-v", "q", "-clp:NoSummary", "-nodeReuse:false", "-p:ContinuousIntegrationBuild=true", "-p:RunAnalyzers=false"]);
        Assert.True(exit == 0, output);
        Assert.DoesNotContain("warning", output, StringComparison.Ordinal);
        return Path.Combine(clone, "out", "Small.1.2.3");
    }

    private static async Task<string> GitAsync(string folder, params string[] arguments)
    {
        var (exit, output) = await DotNet.RunProgramAsync("git", folder, arguments);
        Assert.True(exit == 0, output);
        return output;
    }

    private static byte[] Read(string package, string file)
    {
        using var archive = ZipFile.OpenRead(package);
        using var content = archive.GetEntry(file)!.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static IEnumerable<byte[]> Information(MetadataReader reader, EntityHandle parent, Guid kind) => reader.GetCustomDebugInformation(parent)
        .Select(reader.GetCustomDebugInformation)
        .Where(information => reader.GetGuid(information.Kind) == kind)
        .Select(information => reader.GetBlobBytes(information.Value));
}
