using Typed.Generator.Tests.Harness;
using Typed.Tests.Harness.Files;

namespace Typed.Generator.Tests.Consumers;

/// <summary>The compiler of the SDK at hand is newer than the one that the generator is built for, and loads it in another way than tests do.</summary>
public class SdkTests
{
    [Fact]
    public async Task A_project_builds_with_the_targets_that_ship()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("Consumer.csproj"), SdkProject.Text());
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

        var (exit, output) = await SdkProject.BuildAsync(folder.Path);

        Assert.True(exit == 0, output);
        Assert.Contains("warning TYP1024", output, StringComparison.Ordinal); // the analyzers were loaded too
        Assert.True(File.Exists(Path.Combine(folder.Path, "bin", SdkProject.Configuration, "net10.0", "Consumer.dll")), output);
    }

    // What the other suites compile by hand, once more in the way of a user: the build's own settings, usings, warnings and language.
    [Theory]
    [InlineData("enable", "tr-TR")]
    [InlineData("disable", "sv-SE")]
    public async Task A_hostile_project_builds_without_a_warning(string nullable, string culture)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("Consumer.csproj"), SdkProject.Text(nullable));
        await File.WriteAllTextAsync(folder.File("Usings.cs"), "global using global::Typed; global using static global::Typed.SeriesType;");
        foreach (var (name, source) in Hostile())
        {
            await File.WriteAllTextAsync(folder.File(name), source);
        }

        var (exit, output) = await SdkProject.BuildAsync(folder.Path, culture);

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
}
