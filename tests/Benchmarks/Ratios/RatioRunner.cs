using System.Globalization;

namespace Typed.Benchmarks.Ratios;

/// <summary>Runs both sides of each entry in turn, A B A B, and prints a table.</summary>
internal static class RatioRunner
{
    /// <summary>Runs the entries whose name holds the filter; an empty one means all.</summary>
    /// <returns>The exit code: 0, or 1 when an entry is over its limit, failed, or none has the name.</returns>
    public static async Task<int> RunAsync(string filter)
    {
#if DEBUG
        await Console.Error.WriteLineAsync("A debug build: these numbers mean nothing. Use -c Release.");
#endif
        var entries = Find(filter);
        if (entries.Length == 0)
        {
            await Console.Error.WriteLineAsync($"No entry has '{filter}' in its name.");
            return 1;
        }

        Print("name", "ours", "theirs", "ratio", "limit", "bytes ours", "bytes theirs", "");
        var good = true;
        foreach (var entry in entries)
        {
            good &= await RunAsync(entry);
        }

        return good ? 0 : 1;
    }

    private static IRatio[] Find(string filter) =>
    [
        .. typeof(IRatio).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IRatio)) && !type.IsAbstract && type.GetConstructor([]) is not null)
            .Select(type => (IRatio)Activator.CreateInstance(type)!)
            .Where(entry => entry.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal),
    ];

    private static async Task<bool> RunAsync(IRatio entry)
    {
        try
        {
            await using (entry)
            {
                await entry.SetUpAsync();
                var result = await MeasureAsync(entry);
                var good = result.Ratio <= entry.Limit;
                Print(
                    entry.Name, Time(result.Ours.Microseconds), Time(result.Theirs.Microseconds), Number(result.Ratio), Number(entry.Limit),
                    Bytes(result.Ours.Bytes), Bytes(result.Theirs.Bytes), good ? "" : "OVER");
                return good;
            }
        }
#pragma warning disable CA1031 // one broken entry must not hide the others; it is shown, and fails the run
        catch (Exception e)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync($"{entry.Name}: {e}");
            return false;
        }
    }

    private static async Task<RatioResult> MeasureAsync(IRatio entry)
    {
        var pairs = new List<(Measurement, Measurement)>(entry.Pairs);
        for (var i = -entry.WarmUpPairs; i < entry.Pairs; i++)
        {
            entry.Prepare();
            var ours = await Measurement.TakeAsync(entry.Ours, entry.Repeats);
            var theirs = await Measurement.TakeAsync(entry.Theirs, entry.Repeats);
            if (i >= 0)
            {
                pairs.Add((ours, theirs));
            }
        }

        return RatioResult.Of(pairs);
    }

    private static void Print(string name, string ours, string theirs, string ratio, string limit, string oursBytes, string theirsBytes, string verdict) =>
        Console.WriteLine($"{name,-56} {ours,12} {theirs,12} {ratio,7} {limit,7} {oursBytes,14} {theirsBytes,14} {verdict}".TrimEnd());

    private static string Time(double microseconds) => microseconds < 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{microseconds:F2} µs")
        : string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1000:F2} ms");

    private static string Number(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    private static string Bytes(double bytes) => bytes.ToString("N0", CultureInfo.InvariantCulture);
}
