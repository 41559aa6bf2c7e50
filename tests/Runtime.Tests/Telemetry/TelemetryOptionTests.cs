using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Typed.Runtime.Tests.Telemetry;

/// <summary>Options of what records an application, in code and from its configuration: what does not hold is named.</summary>
public class TelemetryOptionTests
{
    [Fact]
    public void Options_of_all_parts_come_from_the_configuration()
    {
        var configuration = Configuration(
            ("Meters:Names:0", "MyApp"), ("Meters:Names:1", "Other.*"), ("Meters:interval", "00:00:05"), ("Meters:MostTagSets", "7"), ("Meters:Instance", "web-1"),
            ("Requests:Events", "true"), ("Requests:Exclude:0", "/health"),
            ("Logs:MinimumLevel", "warning"), ("Logs:MostCharacters", "100"), ("Logs:Scopes", "False"), ("Logs:Exclude:0", "Noise"));

        var meters = new TypedMeterOptions().Bind(configuration.GetSection("Meters"));
        Assert.Equal((TimeSpan.FromSeconds(5), 7, "web-1"), (meters.Interval, meters.MostTagSets, meters.Instance));
        Assert.Equal([true, true, false], new[] { "MyApp", "Other.A", "MyApp.A" }.Select(meters.Includes));
        var requests = new TypedRequestOptions().Bind(configuration.GetSection("Requests"));
        Assert.Equal((true, true, false), (requests.Events, requests.Excludes("/health/live"), requests.Excludes("/healthy")));
        var logs = new TypedLogOptions().Bind(configuration.GetSection("Logs"));
        Assert.Equal((LogLevel.Warning, 100, false), (logs.MinimumLevel, logs.MostCharacters, logs.Scopes));
        Assert.Equal([false, false, true], new[] { "Noise", "Noise.Loud", "Noisy" }.Select(logs.Includes));
    }

    [Theory]
    [InlineData("Meters:Intervall", "1", "the recorder of meters has no such option. There are Instance, Interval, MostTagSets, Names.")]
    [InlineData("Meters:Interval", "00:00:00.05", "Interval is at least 100 milliseconds and at most an hour.")]
    [InlineData("Meters:MostTagSets", "0", "MostTagSets is 1 to 100000.")]
    [InlineData("Meters:MostTagSets", "many", "")]
    [InlineData("Meters:Names:0", "A*B", "'A*B' is no name of a meter")]
    [InlineData("Requests:Exclude:0", "health", "'health' is no path of requests")]
    [InlineData("Requests:Exclude:0", "//", "'//' is no path of requests")]
    [InlineData("Requests:Events", "perhaps", "")]
    [InlineData("Logs:MinimumLevel", "Loud", "MinimumLevel is one of Trace, Debug, Information, Warning, Error, Critical, None.")]
    [InlineData("Logs:MostCharacters", "79", "MostCharacters is 80 to 100000.")]
    [InlineData("Logs:Exclude:0", " ", "")]
    public void What_does_not_hold_is_named(string name, string value, string words)
    {
        var section = Configuration((name, value)).GetSection(name.Split(':')[0]);

        var error = Assert.Throws<InvalidOperationException>(() => section.Key switch
        {
            "Meters" => (object)new TypedMeterOptions().Bind(section),
            "Requests" => new TypedRequestOptions().Bind(section),
            _ => new TypedLogOptions().Bind(section),
        });

        Assert.Contains(string.Join(':', name.Split(':')[..2]), error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_come_after_their_store_and_once()
    {
        IServiceCollection Store() => new ServiceCollection().AddTyped(_ => { });

        Assert.Contains("AddTyped(...)", Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddMeters("A")).Message, StringComparison.Ordinal);
        Assert.Contains("AddKeyedTyped(\"b\"", Assert.Throws<InvalidOperationException>(() => Store().AddTypedLogs(o => o.StoreKey = "b")).Message, StringComparison.Ordinal);
        Assert.Contains("Name all meters in one call.", Assert.Throws<InvalidOperationException>(() => Store().AddMeters("A").AddMeters("B")).Message, StringComparison.Ordinal);
        Assert.Contains("AddMeters(\"*\")", Assert.Throws<ArgumentException>(() => Store().AddMeters()).Message, StringComparison.Ordinal);
        Store().AddKeyedTyped("b", _ => { }).AddTypedLogs().AddTypedLogs(o => o.StoreKey = "b");
    }

    [Fact]
    public void The_text_of_tags_is_JSON_in_order_of_their_names()
    {
        Assert.Equal("{}", MeterTags.Text());
        Assert.Equal("{}", MeterTags.Text(("a", null)));
        Assert.Equal(
            """{"a":1,"b":true,"c":1.5,"d":"x\"ü/y","e":"3,4","f":"00:00:01"}""",
            MeterTags.Text(("f", TimeSpan.FromSeconds(1)), ("e", new[] { 3, 4 }), ("d", "x\"ü/y"), ("c", 1.5), ("b", true), ("a", 2), ("a", 1)));
    }

    [Fact]
    public void Long_tags_are_left_out_and_told_apart()
    {
        (string, object?)[] tags = [.. Enumerable.Range(0, 40).Select(i => ($"tag{i:00}", (object?)new string('ü', 20)))];
        var text = MeterTags.Text(tags);
        tags[39].Item2 = "other";

        Assert.All([text, MeterTags.Text(tags)], each =>
        {
            Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(each), 200, 256);
            Assert.Equal(8, System.Text.Json.JsonDocument.Parse(each).RootElement.GetProperty("typed.cut").GetString()!.Length);
        });
        Assert.NotEqual(text, MeterTags.Text(tags));
    }

    private static IConfigurationRoot Configuration(params (string Name, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value))).Build();
}
