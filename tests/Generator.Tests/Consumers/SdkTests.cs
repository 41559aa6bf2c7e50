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

    // What the other suites compile by hand, once more in the way of a user: the build's own settings, usings, warnings and language.
    [Theory]
    [InlineData("enable", "tr-TR")]
    [InlineData("disable", "sv-SE")]
    public async Task A_hostile_project_builds_without_a_warning(string nullable, string culture)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("Consumer.csproj"), Project(nullable));
        await File.WriteAllTextAsync(folder.File("Usings.cs"), "global using global::Typed; global using static global::Typed.SeriesType;");
        foreach (var (name, source) in Hostile())
        {
            await File.WriteAllTextAsync(folder.File(name), source);
        }

        var (exit, output) = await BuildAsync(folder.Path, culture);

        Assert.True(exit == 0, output);
        Assert.DoesNotContain("warning", output, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, string Source)> Hostile()
    {
        yield return ("Keywords.cs", """
            namespace @namespace.@class;

            /// <summary>Keywords.</summary>
            [TimeSeries(Type = Histogram, Intervals = ["event: 1m keep 60", "in: daily by 1h in Europe/Paris", "iki: weekly"])]
            public partial class @struct
            {
                /// <summary>A key.</summary>
                [SeriesKey] public required string @event { get; init; }

                /// <summary>A key.</summary>
                [SeriesKey] public required @enum @default { get; init; }

                /// <summary>A value.</summary>
                [SeriesValue] public required double @this { get; init; }

                /// <summary>A time.</summary>
                [SeriesTime] public DateTimeOffset @at { get; init; }
            }

            /// <summary>Keywords.</summary>
            public enum @enum : ulong
            {
                /// <summary>Nothing.</summary>
                @null,
            }

            /// <summary>Keywords.</summary>
            [EventStream]
            public partial class @record
            {
                /// <summary>A member.</summary>
                public required int @int { get; init; }

                /// <summary>A member.</summary>
                public required @enum @switch { get; set; }

                /// <summary>A member.</summary>
                public double I { get; init; } = -1.5;
            }
            """);
        yield return ("Namespaces.cs", """
            namespace Shop.System
            {
                internal sealed class Guid;

                internal sealed class Typed;
            }

            namespace Shop
            {
                internal sealed class Typed;

                internal sealed class String;

                [global::Typed.TimeSeries(Type = Gauge, Intervals = ["hour: 1h"], Name = "order_upper")]
                internal sealed partial record ORDER([global::Typed.SeriesKey] string Id, [property: global::Typed.SeriesValue] decimal Price);

                [global::Typed.TimeSeries(Type = Set, Intervals = ["hour: 1h"])]
                internal sealed partial record Order([global::Typed.SeriesKey] int Id, [property: global::Typed.SeriesValue] string Name);

                [global::Typed.EventStream(Name = "views")]
                internal sealed partial record View(string Url, global::System.Collections.Generic.List<Item> Items, global::System.TimeSpan? Took);

                internal sealed record Item(string Name, Item[] Parts);
            }
            """);
        yield return ("Nested.cs", """
            internal static partial class Outer
            {
                internal partial struct Middle
                {
                    internal partial interface IInner
                    {
                        [TimeSeries(Type = SeriesType.Series, Intervals = ["minute: 1m", "year: yearly by monthly"])]
                        internal readonly partial record struct Sample([SeriesKey] byte[] Sensor, [property: SeriesValue] global::System.TimeSpan Took);

                        [EventStream]
                        internal sealed partial record Changed(int N, string Note = "ı");
                    }
                }
            }
            """);
    }

    /// <summary>A strict project that sees what a package's user sees. The generator's projects are built already; here they are only asked for their files.</summary>
    private static string Project(string nullable = "enable")
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

    private static async Task<(int Exit, string Output)> BuildAsync(string folder, string culture = "en-US")
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
