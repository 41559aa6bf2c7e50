using Spectre.Console;
using Typed.Cli.Output;
using Typed.Cli.Reading;
using Typed.Time;

namespace Typed.Cli.Charts;

/// <summary>A picture of buckets over time, one or more characters wide each.</summary>
internal abstract class Chart
{
    protected const int Height = 14;

    public const string Bars = "bars";
    public const string Line = "line";
    public const string Heat = "heat";

    public static IReadOnlyList<string> Names { get; } = [Bars, Line, Heat];

    /// <exception cref="CliException">The series has no such chart.</exception>
    public static Chart Of(StoredSeries series, string? name, string? figure)
    {
        var isSpread = series.Value.IsNumber && series.Type is SeriesType.Histogram or SeriesType.Series;
        name ??= figure is null && series is { Type: SeriesType.Histogram, Value.IsNumber: true } ? Heat
            : series.Type is SeriesType.Count or SeriesType.Set || !series.Value.IsNumber ? Bars : Line;
        return name switch
        {
            Bars => new BarChart(figure ?? Figures.DefaultOf(series)),
            Line => new LineChart(figure ?? Figures.DefaultOf(series)),
            Heat when isSpread => new HeatMap(),
            Heat => throw new CliException(ExitCodes.Usage, $"{series.Name} has no spread of numbers, which a heat map shows.", "Use --chart bars or line."),
            _ => throw new CliException(ExitCodes.Usage, $"There is no chart '{name}'.", $"There are {string.Join(", ", Names)}."),
        };
    }

    /// <summary>What it shows.</summary>
    public abstract string Title { get; }

    public void Write(Terminal terminal, IReadOnlyList<Cell> cells)
    {
        var columns = Columns(cells, Math.Max(20, terminal.Rich.Profile.Width - Axis.Width - 4));
        Draw(terminal.Rich, columns.Cells, columns.Width);
        List<long> starts = [.. columns.Cells.SelectMany(cell => Enumerable.Repeat(cell.Start, columns.Width))];
        var times = Axis.Times(starts, cells.Count > 0 ? cells[^1].End : Instant.Max);
        terminal.Rich.Write(new Text(new string(' ', Axis.Width + 1) + times + "\n", new Style(Color.Grey)));
    }

    protected abstract void Draw(IAnsiConsole console, IReadOnlyList<Cell> cells, int width);

    protected static void Label(IAnsiConsole console, string text) =>
        console.Write(new Text(text.PadLeft(Axis.Width) + " ", new Style(Color.Grey)));

    /// <summary>Buckets for at most so many columns: where there are more, neighbours are merged.</summary>
    private static (IReadOnlyList<Cell> Cells, int Width) Columns(IReadOnlyList<Cell> cells, int room)
    {
        if (cells.Count == 0)
        {
            return (cells, 1);
        }

        if (cells.Count <= room)
        {
            return (cells, Math.Clamp(room / cells.Count, 1, 6));
        }

        var each = (cells.Count + room - 1) / room;
        return ([.. cells.Chunk(each).Select(chunk => Cell.Merge(chunk))], 1);
    }
}
