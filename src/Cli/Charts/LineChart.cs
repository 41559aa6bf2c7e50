using Spectre.Console;
using Typed.Cli.Reading;

namespace Typed.Cli.Charts;

/// <summary>A figure over time as a line of dots, eight in a character; a gap where there is nothing.</summary>
internal sealed class LineChart(string figure) : Chart
{
    private const int DotsAcross = 2;
    private const int DotsDown = 4;
    private const char Braille = '\u2800';

    /// <summary>The bits of Unicode's Braille patterns, by column and line.</summary>
    private static readonly int[,] s_bits = { { 0x01, 0x02, 0x04, 0x40 }, { 0x08, 0x10, 0x20, 0x80 } };

    public override string Title => figure;

    protected override void Draw(IAnsiConsole console, IReadOnlyList<Cell> cells, int width)
    {
        var values = cells.Select(cell => cell.Figure(figure)).ToArray();
        var known = values.OfType<double>().DefaultIfEmpty(0).ToArray();
        var (low, high) = (known.Min(), known.Max());
        var span = high > low ? high - low : 1;
        var dots = new int[Math.Max(1, cells.Count * width), Height];
        (int X, int Y)? last = null;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is not { } value)
            {
                last = null;
                continue;
            }

            var at = (X: (int)((i + 0.5) * width * DotsAcross), Y: (int)Math.Round((high - value) / span * ((Height * DotsDown) - 1)));
            Connect(dots, last ?? at, at);
            last = at;
        }

        for (var line = 0; line < Height; line++)
        {
            Label(console, line == 0 ? Axis.Number(high) : line == Height - 1 ? Axis.Number(low) : line == Height / 2 ? Axis.Number(low + (span / 2)) : "");
            var text = string.Concat(Enumerable.Range(0, dots.GetLength(0)).Select(x => dots[x, line] == 0 ? ' ' : (char)(Braille + dots[x, line])));
            console.Write(new Text(text.TrimEnd() + "\n", new Style(Color.SpringGreen2)));
        }
    }

    private static void Connect(int[,] dots, (int X, int Y) from, (int X, int Y) to)
    {
        var steps = Math.Max(1, Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)));
        for (var step = 0; step <= steps; step++)
        {
            var x = from.X + ((to.X - from.X) * step / steps);
            var y = from.Y + ((to.Y - from.Y) * step / steps);
            dots[x / DotsAcross, y / DotsDown] |= s_bits[x % DotsAcross, y % DotsDown];
        }
    }
}
