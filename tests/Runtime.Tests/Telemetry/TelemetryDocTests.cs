using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Typed.Telemetry;
using Typed.Telemetry.Recording;
using Typed.Tests.Harness.Structure;

namespace Typed.Runtime.Tests.Telemetry;

/// <summary>docs/telemetry.md lists each log message, and how long each interval is kept.</summary>
public partial class TelemetryDocTests
{
    private static readonly string s_document =
        File.ReadAllText(Path.Combine(SourceFolders.RepositoryRoot(), "docs/telemetry.md")).ReplaceLineEndings("\n");

    [Fact]
    public void Every_log_message_is_listed() => Assert.Equal(
        typeof(TelemetryEvents).GetMethods().Select(method => (Method: method, Log: method.GetCustomAttribute<LoggerMessageAttribute>())).Where(each => each.Log is not null)
            .Select(each => $"{each.Log!.EventId} {each.Method.Name} {each.Log.Level}").Order(StringComparer.Ordinal),
        Message().Matches(s_document).Select(row => $"{row.Groups["id"]} {row.Groups["name"]} {row.Groups["level"]}").Order(StringComparer.Ordinal));

    [Fact]
    public void Intervals_are_kept_as_it_says()
    {
        var rows = Kept().Matches(s_document).Select(row => (Name: row.Groups["name"].Value, Counts: Number(row.Groups["counts"].Value), Histograms: Number(row.Groups["histograms"].Value)));

        Assert.Equal(Intervals(typeof(MeterCount)), rows.Select(row => (row.Name, row.Counts)));
        Assert.Equal(Intervals(typeof(MeterGauge)), rows.Select(row => (row.Name, row.Counts)));
        Assert.Equal(Intervals(typeof(MeterHistogram)), rows.Select(row => (row.Name, row.Histograms)));
    }

    private static IEnumerable<(string Name, int Keep)> Intervals(Type type) => type.GetCustomAttribute<TimeSeriesAttribute>()!.Intervals
        .Select(text => KeepOf().Match(text)).Select(match => (Capital(match.Groups["name"].Value), Number(match.Groups["keep"].Value)));

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static int Number(string text) => int.Parse(text.Replace(" ", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| (?<id>\d+) \| `(?<name>\w+)` \| (?<level>\w+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Message();

    [GeneratedRegex(@"^\| `(?<name>Minute|Hour|Day)` \| (?<counts>[\d ]+) \w+ \| (?<histograms>[\d ]+) \w+ \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Kept();

    [GeneratedRegex(@"^(?<name>\w+): .* keep (?<keep>\d+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex KeepOf();
}
