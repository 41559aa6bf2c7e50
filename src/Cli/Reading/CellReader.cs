using Typed.Cli.Connections;
using Typed.Cli.Output;
using Typed.Schema;
using Typed.Time;

namespace Typed.Cli.Reading;

/// <summary>Reads the buckets of a chart: every one of the range, empty ones included.</summary>
internal static class CellReader
{
    /// <summary>More buckets than anybody looks at.</summary>
    private const int MostCells = 100_000;

    /// <exception cref="CliException">The range has too many buckets.</exception>
    public static async Task<List<Cell>> ReadAsync(
        StoredDatabase database, StoredSeries series, Source source, IReadOnlyList<string> key, CancellationToken cancellationToken)
    {
        var bind = key.Count > 0 ? SeriesTable.Bind(series, key) : null;
        var table = await SeriesTable.FindAsync(database, series, source.Interval, cancellationToken);
        List<Cell> cells = [];
        var starts = new Dictionary<long, Cell>();
        if (source.First <= source.Last)
        {
            for (var start = source.Grid.Floor(source.First); start <= source.Last;)
            {
                var hasNext = source.Grid.TryNext(start, out var next);
                cells.Add(new(series, start, hasNext ? next : Instant.Max));
                starts.Add(start, cells[^1]);
                start = hasNext ? next : long.MaxValue;
                if (cells.Count > MostCells)
                {
                    throw new CliException(ExitCodes.Usage, "The range has more than 100,000 buckets.",
                        "Ask for less time with --last, or for larger buckets with --by.");
                }
            }

            var position = table.Ordinal(
                series.Type == SeriesType.Series ? SeriesColumnRole.Time : source.UsesSlots ? SeriesColumnRole.Slot : SeriesColumnRole.Bucket);
            var first = source.UsesSlots ? source.Interval.Grid.BucketOf(cells[0].Start) : cells[0].Start;
            await database.ReadOnceAsync(
                table.Rows(bind is not null),
                parameters =>
                {
                    bind?.Invoke(parameters);
                    parameters.Instant(first);
                    parameters.Instant(series.Type == SeriesType.Series ? cells[^1].End - 1 : source.Last);
                },
                row =>
                {
                    if (starts.TryGetValue(source.Grid.Floor(row.Instant(position)), out var cell))
                    {
                        cell.Add(row, table);
                    }
                },
                cancellationToken);
        }

        return cells;
    }
}
