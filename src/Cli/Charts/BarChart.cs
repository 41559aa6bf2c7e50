using System.Text;
using Spectre.Console;
using Typed.Cli.Reading;

namespace Typed.Cli.Charts;

/// <summary>A figure of each bucket as a column.</summary>
internal sealed class BarChart(string figure) : Chart
{
    private const string Blocks = " ▁▂▃▄▅▆▇█";
    private const int Parts = 8;

    public override string Title => figure;

    protected override void Draw(IAnsiConsole console, IReadOnlyList<Cell> cells, int width)
    {
        var values = cells.Select(cell => cell.Figure(figure) ?? 0).ToArray();
        var (low, high) = (Math.Min(0, values.DefaultIfEmpty(0).Min()), Math.Max(0, values.DefaultIfEmpty(0).Max()));
        var span = high > low ? high - low : 1;
        for (var line = Height - 1; line >= 0; line--)
        {
            Label(console, line == Height - 1 ? Axis.Number(high) : line == 0 ? Axis.Number(low) : line == Height / 2 ? Axis.Number(low + (span / 2)) : "");
            var text = new StringBuilder();
            foreach (var value in values)
            {
                var part = Math.Clamp((int)Math.Round(((value - low) / span * Height * Parts) - (line * Parts)), 0, Parts);

                // What is not nothing is seen.
                part = line == 0 && part == 0 && value > low ? 1 : part;
                text.Append(Blocks[part], Math.Max(1, width - 1)).Append(' ', width > 1 ? 1 : 0);
            }

            console.Write(new Text(text.ToString().TrimEnd() + "\n", new Style(Color.SkyBlue1)));
        }
    }
}
