using System.Reflection;
using Typed.Package.Tests.Harness;
using Typed.Tests.Harness.Files;
using Typed.Tests.Harness.Structure;

[assembly: AssemblyFixture(typeof(Workshop))]

namespace Typed.Package.Tests.Harness;

/// <summary>
/// A folder outside the repository: the packages of this build, and consumers that have nothing but them. One pack, one restore and one build serve all tests.
/// </summary>
public sealed class Workshop : IAsyncLifetime
{
    private static readonly string s_root = SourceFolders.RepositoryRoot();
    private readonly TempFolder _folder = new();

    /// <summary>What the packages are, in the order in which they depend on each other.</summary>
    internal static IReadOnlyList<string> Names { get; } = ["Typed", "Typed.PostgreSQL", "Typed.Sqlite", "Typed.Telemetry", "Typed.AspNetCore"];

    internal string Feed => _folder.File("feed");

    /// <summary>The version that the packages have got.</summary>
    internal string Version { get; private set; } = "";

    /// <summary>The path of a package.</summary>
    internal string Package(string name, string extension = "nupkg") => Path.Combine(Feed, $"{name}.{Version}.{extension}");

    /// <summary>A file of a package, where the consumers' restore has put it.</summary>
    internal string Restored(string name, string file) => Path.Combine(_folder.File("packages"), name.ToLowerInvariant(), Version, file);

    /// <summary>The folder of a consumer.</summary>
    internal string Folder(string project) => _folder.File(project);

    /// <summary>A file beside the program that a consumer was built to.</summary>
    internal string Built(string project, string file) => Path.Combine(_folder.File(project), "bin", "Debug", "net10.0", file);

    /// <summary>Runs the program of a consumer.</summary>
    internal Task<(int Exit, string Output)> RunAsync(string project, params (string Name, string Value)[] environment) =>
        DotNet.RunAsync(Folder(project), [Built(project, $"{project}.dll")], environment);

    /// <summary>Builds one consumer again, or one that is expected to fail.</summary>
    internal Task<(int Exit, string Output)> BuildAsync(string project, params string[] arguments) =>
        DotNet.RunAsync(_folder.Path, ["build", project, "-nologo", "-v", "q", "-clp:NoSummary", "-nodeReuse:false", .. arguments]);

    /// <summary>Publishes one consumer for this machine into a folder of its own.</summary>
    internal Task<(int Exit, string Output)> PublishAsync(string project, string folder, params string[] properties) => DotNet.RunAsync(
        _folder.Path,
        [
            "publish", project, "-c", "Debug", "--use-current-runtime", "-o", Path.Combine(Folder(project), folder), "-nologo", "-v", "q", "-clp:NoSummary",
            "-nodeReuse:false", .. properties,
        ]);

    /// <summary>Runs the tool <c>dotnet ef</c> on a consumer.</summary>
    internal Task<(int Exit, string Output)> EntityFrameworkAsync(string project, params string[] arguments) => DotNet.RunAsync(
        Folder(project), [Path.Combine(Metadata("Packages"), "dotnet-ef", Metadata("EntityFramework"), "tools/net8.0/any/dotnet-ef.dll"), .. arguments]);

    /// <summary>Runs the command line of this build beside a consumer.</summary>
    internal Task<(int Exit, string Output)> CommandAsync(string project, params string[] arguments) => DotNet.RunAsync(
        Folder(project), [Path.Combine(s_root, "src/Cli/bin", DotNet.Configuration, "net10.0/Typed.Cli.dll"), .. arguments]);

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await PackAsync();
        Copy("Consumers");
        Copy("Refused");
        Copy("Published");
        await WriteAsync("nuget.config", $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="packages" />
              </config>
              <fallbackPackageFolders>
                <add key="machine" value="{Metadata("Packages")}" />
              </fallbackPackageFolders>
              <packageSources>
                <add key="feed" value="feed" />
              </packageSources>
            </configuration>
            """);
        await WriteAsync("Versions.props", $"""
            <Project>
              <PropertyGroup>
                <TypedVersion>{Version}</TypedVersion>
                <EntityFrameworkVersion>{Metadata("EntityFramework")}</EntityFrameworkVersion>
              </PropertyGroup>
            </Project>
            """);
        await WriteAsync("Console/Program.cs", Program("src/Package/README.md"));
        await WriteAsync("Web/Program.cs", Program("docs/hosting.md"));
        var examples = Programs("docs/telemetry.md");
        Assert.Equal(3, examples.Length);
        await WriteAsync("Watched/Program.cs", examples[0]);
        await WriteAsync("Watched/TimedWork.cs", examples[1]);
        await WriteAsync("Watched/WatchedDb.cs", examples[2]);
        var (exit, output) = await BuildAsync("Consumers.slnx");
        Assert.True(exit == 0, output);
        Assert.DoesNotContain("warning", output, StringComparison.Ordinal);
    }

    ValueTask IAsyncDisposable.DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The program of a page.</summary>
    private static string Program(string page) => Programs(page)[0];

    private static string[] Programs(string page) =>
        [.. File.ReadAllText(Path.Combine(s_root, page)).Split("```csharp").Skip(1).Select(part => part.Split("```")[0])];

    private static string Metadata(string key) =>
        typeof(Workshop).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    /// <summary>Packs what is built already: this project refers to it.</summary>
    private async Task PackAsync()
    {
        string[] projects =
        [
            "src/Runtime/Runtime.csproj", "src/Engines/Postgres/Postgres.csproj", "src/Engines/Sqlite/Sqlite.csproj", "src/Telemetry/Telemetry.csproj",
            "src/AspNetCore/AspNetCore.csproj",
        ];
        await WriteAsync("Pack.proj", $"""
            <Project>
              <Target Name="Pack">
                <MSBuild Projects="{string.Join(';', projects.Select(project => Path.Combine(s_root, project)))}" Targets="Pack" BuildInParallel="true"
                         Properties="NoBuild=true;Configuration={DotNet.Configuration};PackageOutputPath={Feed}" />
              </Target>
            </Project>
            """);
        var (exit, output) = await DotNet.RunAsync(_folder.Path, ["msbuild", "Pack.proj", "-t:Pack", "-nologo", "-v:q", "-m:2", "-nodeReuse:false"]);
        Assert.True(exit == 0, output);
        Assert.DoesNotContain("warning", output, StringComparison.Ordinal);
        Version = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(Feed, "Typed.0*.nupkg")))["Typed.".Length..];
    }

    private void Copy(string part)
    {
        var source = Path.Combine(s_root, "tests/Package.Tests", part);
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = _folder.File(Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private Task WriteAsync(string path, string text) => File.WriteAllTextAsync(_folder.File(path), text);
}
