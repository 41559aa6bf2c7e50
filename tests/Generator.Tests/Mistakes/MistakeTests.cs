using System.Globalization;
using Typed.Generator.Tests.Harness;

namespace Typed.Generator.Tests.Mistakes;

/// <summary>What a new user gets wrong, and every word that the build then says. One thing is said, and it is the right one, wherever that is ours to decide.</summary>
public class MistakeTests
{
    private const string Usings = "using Typed; using static Typed.SeriesType; using Microsoft.EntityFrameworkCore; using System.Text.Json.Serialization;\n";

    private const string Shop = """
        [TimeSeries(Type = Count, Intervals = ["hour: 1h keep 48", "day: daily"])]
        public partial class Hit { [SeriesKey] public required string Path { get; init; } }
        [TimeSeries(Type = Histogram, Intervals = ["hour: 1h keep 48"])]
        public partial class Latency { [SeriesKey] public required string Path { get; init; } [SeriesValue] public required int Milliseconds { get; init; } }
        [TimeSeries(Type = Gauge, Intervals = ["hour: 1h keep 48"])]
        public partial class Heat { [SeriesValue] public required double Degrees { get; init; } }
        [EventStream]
        public partial record PageView(string Url);
        """;

    [Theory]
    [ClassData(typeof(DeclarationMistakes))]
    public async Task In_a_declaration(string source, string expected) => Assert.Equal(expected, await ShownAsync(source));

    [Theory]
    [ClassData(typeof(UsageMistakes))]
    public async Task In_code(string code, string expected) =>
        Assert.Equal(expected, await ShownAsync(InProgram(code)));

    [Fact]
    public async Task No_mistake_is_told_nothing() => Assert.Equal("", await ShownAsync(Shop));

    internal static string InProgram(string code) =>
        $"{Shop} public static class Program {{ public static async Task Main(TypedStore store, DbContext db) {{ await Task.Yield(); {code} }} }}";

    internal static async Task<string> ShownAsync(string source) => string.Join('\n', (await CompilerOutput.OfAsync(Usings + source))
        .Select(shown => $"{shown.Id}: {shown.GetMessage(CultureInfo.InvariantCulture)}"));
}
