using System.Diagnostics;
using System.Runtime.CompilerServices;
using Typed.Tests.Harness.Files;

namespace Typed.Generator.Tests.Consumers;

/// <summary>The compiler of the SDK at hand is newer than the one that the generator is built for, and loads it in another way than tests do.</summary>
public class SdkTests
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    [Fact]
    public async Task A_project_builds_with_the_targets_that_ship()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("Consumer.csproj"), Project());
        await File.WriteAllTextAsync(folder.File("Order.cs"), """
            using Typed;
            using static Typed.SeriesType;

            namespace Shop;

            /// <summary>An order.</summary>
            [TimeSeries(Type = Histogram, Intervals = ["minute: 1m keep 60", "day: daily by 1h in Europe/Paris"])]
            public partial class Order
            {
                /// <summary>Where.</summary>
                [SeriesKey] public string Region { get => field; init; } = "";

                /// <summary>How much.</summary>
                [SeriesValue] public required decimal Amount { get; init; }

                /// <summary>The large ones.</summary>
                public static IAsyncEnumerable<Bucket<Histogram<decimal>>> Large(TypedStore store) => In(store).Day.For("eu").Last(7).Where(day => day.Value.Count > 3);
            }
            """);

        var (exit, output) = await BuildAsync(folder.Path);

        Assert.True(exit == 0, output);
        Assert.Contains("warning TYP1024", output, StringComparison.Ordinal); // the analyzers were loaded too
        Assert.True(File.Exists(Path.Combine(folder.Path, "bin", Configuration, "net10.0", "Consumer.dll")), output);
    }

    /// <summary>A strict project that sees what a package's user sees. The generator's projects are built already; here they are only asked for their files.</summary>
    private static string Project()
    {
        var libraries = new[] { "Typed", "Microsoft.EntityFrameworkCore", "Microsoft.EntityFrameworkCore.Abstractions", "Microsoft.EntityFrameworkCore.Relational" };
        var references = libraries.Select(name => $"""<Reference Include="{Path.Combine(AppContext.BaseDirectory, name + ".dll")}" />""");
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <GenerateDocumentationFile>true</GenerateDocumentationFile>
                <AnalysisLevel>latest-recommended</AnalysisLevel>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <WarningsNotAsErrors>TYP1024</WarningsNotAsErrors>
                <BuildProjectReferences>false</BuildProjectReferences>
                <TypedAnalyzerProjects>{Root("src/Generator/Generator.csproj")};{Root("src/CodeFixes/CodeFixes.csproj")}</TypedAnalyzerProjects>
              </PropertyGroup>
              <ItemGroup>
                {string.Join("\n    ", references)}
              </ItemGroup>
              <Import Project="{Root("src/Runtime/buildTransitive/Typed.targets")}" />
            </Project>
            """;
    }

    private static async Task<(int Exit, string Output)> BuildAsync(string folder)
    {
        // Only this project is restored, and it needs no package.
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["build", "-c", Configuration, "-nologo", "--disable-build-servers", "-nodeReuse:false", "-p:RestoreRecursive=false"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The build that runs these tests must not lend its settings to this one.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var build = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        try
        {
            var output = build.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = build.StandardError.ReadToEndAsync(patience.Token);
            await build.WaitForExitAsync(patience.Token);
            return (build.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            build.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static string Root(string path, [CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../..", path));
}
