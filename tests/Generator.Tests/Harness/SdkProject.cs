using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Typed.Generator.Tests.Harness;

/// <summary>A consumer's project that the SDK at hand builds, in a process of its own.</summary>
internal static class SdkProject
{
#if DEBUG
    public const string Configuration = "Debug";
#else
    public const string Configuration = "Release";
#endif

    /// <summary>A strict project that sees what a package's user sees. The generator's projects are built already; here they are only asked for their files.</summary>
    public static string Text(string nullable = "enable")
    {
        var libraries = new[] { "Typed", "Microsoft.EntityFrameworkCore", "Microsoft.EntityFrameworkCore.Abstractions", "Microsoft.EntityFrameworkCore.Relational" };
        var references = libraries.Select(name => $"""<Reference Include="{Path.Combine(AppContext.BaseDirectory, name + ".dll")}" />""");
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>{nullable}</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <GenerateDocumentationFile>true</GenerateDocumentationFile>
                <AnalysisLevel>latest-recommended</AnalysisLevel>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <WarningsNotAsErrors>TYP1024</WarningsNotAsErrors>
                <NoWarn>$(NoWarn);CA1708;CA1716;CA1720</NoWarn>
                <!-- names of the project's own -->
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

    /// <summary>Builds the project of a folder, and gives what the build said.</summary>
    public static async Task<(int Exit, string Output)> BuildAsync(string folder, string culture = "en-US", params string[] arguments)
    {
        // Only this project is restored, and it needs no package. The compiler's server has the analyzers compiled already: each build alone takes four times as long.
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["build", "-c", Configuration, "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=true", "-p:RestoreRecursive=false", .. arguments])
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
        start.Environment["LC_ALL"] = $"{culture.Replace('-', '_')}.UTF-8"; // .NET reads the name alone: the system need not know the locale
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
