using System.Globalization;
using Spectre.Console;
using Typed.Cli.Reading;

namespace Typed.Cli.Charts;

/// <summary>How often which numbers occur over time: a column for each bucket, a line for each band of values, the number of entries as colour.</summary>
internal sealed class HeatMap : Chart
{
    /// <summary>What stands for colours where there are none, from few to many.</summary>
    private const string Shades = " .:-=+*#%@";

    /// <summary>From dark to bright.</summary>
    private static readonly (byte R, byte G, byte B)[] s_colors =
        [(18, 14, 54), (58, 15, 110), (114, 31, 129), (171, 51, 124), (222, 73, 104), (249, 115, 93), (254, 168, 106), (252, 223, 141), (252, 253, 191)];

    public override string Title => "entries";

    protected override void Draw(IAnsiConsole console, IReadOnlyList<Cell> cells, int width)
    {
        var bands = Bands(cells);
        var counts = cells.Select(cell => CountIn(cell, bands)).ToArray();
        var most = Math.Max(1, counts.SelectMany(column => column).DefaultIfEmpty(0).Max());
        var hasColors = console.Profile.Capabilities is { Ansi: true, ColorSystem: > ColorSystem.Standard };
        for (var line = Height - 1; line >= 0; line--)
        {
            Label(console, line % 3 == 1 || line == Height - 1 ? Axis.Number(bands[line]) : "");
            foreach (var column in counts)
            {
                console.Write(Spot(column[line], most, width, hasColors));
            }

            console.Write(new Text("\n"));
        }

        console.Write(new Text(
            new string(' ', Axis.Width + 1) + $"darkest 1, brightest {most.ToString("N0", CultureInfo.InvariantCulture)} entries\n", new Style(Color.Grey)));
    }

    private static Text Spot(long count, long most, int width, bool hasColors)
    {
        // By the logarithm: what is rare is seen beside what is frequent.
        var share = count == 0 ? 0 : 0.12 + (0.88 * (most == 1 ? 1 : Math.Log(count) / Math.Log(most)));
        if (!hasColors)
        {
            return new(new string(Shades[(int)Math.Round(share * (Shades.Length - 1))], width));
        }

        if (count == 0)
        {
            return new(new string(' ', width));
        }

        var (r, g, b) = s_colors[(int)Math.Round(share * (s_colors.Length - 1))];
        return new(new string(' ', width), new Style(background: new Color(r, g, b)));
    }

    /// <summary>The lower ends of the bands and the upper end of the last: in equal steps, or, where values differ by far, in equal ratios.</summary>
    private static double[] Bands(IReadOnlyList<Cell> cells)
    {
        var values = cells.SelectMany(cell => cell.Values.Keys).DefaultIfEmpty(0).ToArray();
        var (low, high) = (values.Min(), values.Max());
        high = high > low ? high : low + 1;
        var isLogarithmic = low > 0 && high / low > 50;
        return [.. Enumerable.Range(0, Height + 1).Select(i => isLogarithmic
            ? low * Math.Pow(high / low, i / (double)Height)
            : low + ((high - low) * i / Height))];
    }

    private static long[] CountIn(Cell cell, double[] bands)
    {
        var counts = new long[Height];
        foreach (var (value, count) in cell.Values)
        {
            var found = Array.BinarySearch(bands, value);
            counts[Math.Clamp(found >= 0 ? found : ~found - 1, 0, Height - 1)] += count;
        }

        return counts;
    }
}
