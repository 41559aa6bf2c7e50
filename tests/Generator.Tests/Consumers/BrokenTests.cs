using System.Text.RegularExpressions;
using Typed.Generator.Tests.Harness;
using Typed.Tests.Harness.Files;

namespace Typed.Generator.Tests.Consumers;

/// <summary>
/// Broken declarations in a real build. The compiler stops after errors in signatures, before it asks any analyzer; whoever spells a class wrong sees that all
/// the same, once, and no error that only follows from it.
/// </summary>
public partial class BrokenTests
{
    [Fact]
    public async Task Each_build_says_one_thing()
    {
        Assert.Equal(["TYP1007"], await BuildAsync("""
            [TimeSeries(Type = Histogram, Intervals = ["hour: 1h"])]
            public partial class Hit { [SeriesKey] public required string Path { get; init; } }
            public class Page(Hit.Handle hits) { public object Hour => hits.Hour.For("/").Last(3); }
            """));
        Assert.Equal(["CS0426", "TYP1001"], await BuildAsync("""
            [TimeSeries(Type = Count, Intervals = ["hour: 1h"])]
            public class Hit { [SeriesKey] public required string Path { get; init; } }
            public class Page(Hit.Handle hits) { public object Hour => hits.Hour.For("/").Last(3); }
            """));
        Assert.Equal(["TYP1001", "TYP2001"], await BuildAsync("""
            [TimeSeries(Type = Count, Intervals = ["hour: 1h"])]
            public class Hit { [SeriesKey] public required string Path { get; init; } }
            [EventStream]
            public record View(string Url);
            """));
        Assert.Equal(["CS0246", "TYP2021"], await BuildAsync("""
            [EventStream]
            public partial record View<T>(string Url);
            public class Page(Missing missing) { public object Value => missing; }
            """));
        Assert.Equal(["TYP3001", "TYP3006", "TYP3007"], await BuildAsync("""
            [TimeSeries(Type = Count, Intervals = ["hour: 1h"])]
            public partial class Hit { [SeriesKey] public required string Path { get; init; } }
            public static class Page
            {
                public static object Last(TypedStore store) => Hit.In(store).Hour.Last(3);
                public static async Task ReadAsync(TypedStore store) { await foreach (var hour in Hit.In(store).Hour.For("/")) { } }
                public static async Task WriteAsync(TypedStore store) => await Hit.In(store).InsertAsync("/", at: DateTime.Now);
            }
            """));
    }

    /// <summary>The errors of a build, each as often as the compiler shows it.</summary>
    private static async Task<string[]> BuildAsync(string source)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("Consumer.csproj"), SdkProject.Text()
            .Replace("<GenerateDocumentationFile>true", "<GenerateDocumentationFile>false", StringComparison.Ordinal)
            .Replace("<AnalysisLevel>latest-recommended</AnalysisLevel>", "", StringComparison.Ordinal));
        await File.WriteAllTextAsync(folder.File("Source.cs"), "using Typed; using static Typed.SeriesType; namespace Shop;\n" + source);
        var (exit, output) = await SdkProject.BuildAsync(folder.Path);
        Assert.True(exit != 0, output);

        // The summary repeats them; what the compiler itself repeats would be there four times.
        var errors = Error().Matches(output).Select(match => match.Groups["id"].Value).ToArray();
        Assert.True(errors.GroupBy(id => id).All(group => group.Count() == 2), output);
        return [.. errors.Distinct().Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"error (?<id>[A-Z]+\d+):", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Error();
}
