using System.Globalization;
using Spectre.Console;
using Typed.Cli.Output;
using Typed.Cli.Reading;

namespace Typed.Cli.Charts;

/// <summary>The most frequent values that are no numbers.</summary>
internal static class TopValues
{
    private const int Most = 15;

    public static void Write(Terminal terminal, IReadOnlyList<Cell> cells)
    {
        var counts = cells.SelectMany(cell => cell.Texts).GroupBy(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)
            .Select(group => (Value: group.Key, Count: group.Sum())).OrderByDescending(one => one.Count).ThenBy(one => one.Value, StringComparer.Ordinal)
                .Take(Most).ToArray();
        if (counts.Length == 0)
        {
            return;
        }

        var chart = new Spectre.Console.BarChart { Width = terminal.Rich.Profile.Width, MaxValue = counts[0].Count, Culture = CultureInfo.InvariantCulture };
        foreach (var (value, count) in counts)
        {
            chart.AddItem(Markup.Escape(ValueText.OnLine(value)), count, Color.SkyBlue1);
        }

        terminal.Rich.Write(chart);
    }
}
