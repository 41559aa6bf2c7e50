using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Typed.Diagnostics;
using Typed.Tests.Harness.Structure;

namespace Typed.Runtime.Tests.Diagnostics;

/// <summary>docs/observability.md lists each instrument and each log message, and none that is not there.</summary>
public partial class ObservabilityDocTests
{
    private static readonly string s_document =
        File.ReadAllText(Path.Combine(SourceFolders.RepositoryRoot(), "docs/observability.md")).ReplaceLineEndings("\n");

    [Fact]
    public void Every_instrument_is_listed()
    {
        List<string> published = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == Instruments.Name)
            {
                published.Add($"{instrument.Name} {Kind(instrument)} {instrument.Unit}");
                Assert.False(string.IsNullOrEmpty(instrument.Description));
            }
        };
        System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(Instruments).TypeHandle);
        listener.Start();

        Assert.True(published.Count > 10, "The instruments are not found any more.");
        Assert.Equal(
            published.Order(StringComparer.Ordinal),
            Metric().Matches(s_document).Select(row => $"{row.Groups["name"]} {row.Groups["kind"]} {row.Groups["unit"]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_log_message_is_listed()
    {
        var messages = typeof(StoreEvents).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(method => (method.Name, Attribute: method.GetCustomAttribute<LoggerMessageAttribute>())).Where(message => message.Attribute is not null)
            .ToArray();

        Assert.True(messages.Length > 10, "The messages are not found any more.");
        Assert.Equal(messages.Length, messages.Select(message => message.Attribute!.EventId).Distinct().Count());
        Assert.Equal(
            messages.Select(message => $"{message.Attribute!.EventId} {message.Name} {Level(message.Attribute.Level)}").Order(StringComparer.Ordinal),
            Message().Matches(s_document).Select(row => $"{row.Groups["id"]} {row.Groups["name"]} {row.Groups["level"]}").Order(StringComparer.Ordinal));

        // One message's level depends on whether somebody takes the item.
        static string Level(LogLevel level) => level == LogLevel.None ? "Error, Warning" : level.ToString();
    }

    private static string Kind(Instrument instrument) => instrument switch
    {
        Counter<long> => "counter",
        ObservableUpDownCounter<long> => "up-down counter",
        ObservableGauge<double> => "gauge",
        _ when instrument.GetType().GetGenericTypeDefinition() == typeof(System.Diagnostics.Metrics.Histogram<>) => "histogram",
        _ => instrument.GetType().Name,
    };

    [GeneratedRegex(@"^\| `(?<name>[a-z.]+)` \| (?<kind>[a-z-]+( counter)?) \| `(?<unit>[^`]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Metric();

    [GeneratedRegex(@"^\| (?<id>[0-9]+) \| `(?<name>\w+)` \| (?<level>[A-Za-z, ]+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Message();
}
