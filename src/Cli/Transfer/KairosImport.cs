using System.Globalization;
using Typed.Cli.Connections;
using Typed.Cli.Output;
using Typed.Cli.Reading;
using Typed.Schema;
using Typed.Storage;
using Typed.Time;

namespace Typed.Cli.Transfer;

/// <summary>
/// Copies the SQL tables of kairos into the tables of a series with the same intervals: docs/migrating-from-kairos.md says what becomes of what. Rows that are
/// there already stay, so that it may be repeated; points of a Series are copied into an empty table only.
/// </summary>
internal sealed class KairosImport(StoredDatabase kairos, StoredDatabase database, StoredSeries series)
{
    private const int MostRows = 2_000;

    /// <summary>Copies the rows, and gives how many were read.</summary>
    /// <exception cref="CliException">The series is not one that kairos can have.</exception>
    public async Task<long> RunAsync(Action<long> report, CancellationToken cancellationToken)
    {
        if (series.Keys is not [{ Kind: ColumnKind.Text }])
        {
            throw new CliException(ExitCodes.BadInput, $"{series.Name} has not one text as its key, which the name of a statistic becomes.",
                "Declare it as docs/migrating-from-kairos.md shows.");
        }

        if (series.Type == SeriesType.Summary)
        {
            throw new CliException(ExitCodes.BadInput, "kairos has no Summary.", "Import into a Histogram.");
        }

        var read = 0L;
        foreach (var interval in series.Type == SeriesType.Series ? [Finest()] : series.Intervals)
        {
            read += await CopyAsync(interval, rows => report(read + rows), cancellationToken);
        }

        return read;
    }

    // Each interval of kairos has every point once more.
    private StoredInterval Finest() => series.Intervals.OrderBy(interval => interval.Grid.Spec.Resolution.NominalSeconds).First();

    private async Task<long> CopyAsync(StoredInterval interval, Action<long> report, CancellationToken cancellationToken)
    {
        var spec = interval.Grid.Spec;
        if (spec.Step.Word == CalendarWord.Weekly || spec.Resolution.Word == CalendarWord.Weekly || spec.Zone is not null and not IntervalSpec.DefaultZone)
        {
            throw new CliException(
                ExitCodes.BadInput, $"Interval '{spec.Name}' has weeks or a zone, and kairos means others.",
                    "docs/migrating-from-kairos.md says what can be done.");
        }

        var table = await SeriesTable.FindAsync(database, series, interval, cancellationToken);
        if (series.Type == SeriesType.Series && (await database.ListAsync($"SELECT count(*) FROM {table.Sql}", row => row.Int64(0), cancellationToken))[0] > 0)
        {
            throw new CliException(ExitCodes.BadInput, $"{series.Name} has points already.",
                "Points are copied once: delete them first, with typed delete --all.");
        }

        var write = WriteTableOf(table);
        List<object[]> batch = [];
        var read = 0L;
        var source = await kairos.ListAsync(
            Select(spec), row => Row(row, spec), cancellationToken, parameters => parameters.Text(spec.Name));
        foreach (var row in source)
        {
            batch.Add(row);
            read++;
            if (batch.Count == MostRows)
            {
                await StoreAsync();
            }
        }

        await StoreAsync();
        return read;

        async Task StoreAsync()
        {
            if (batch.Count > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await database.WriteAsync([new StoredRows(write, batch)], CancellationToken.None);
                report(read);
                batch = [];
            }
        }
    }

    private WriteTable WriteTableOf(SeriesTable table)
    {
        var written = table.RowColumns.Zip(table.ColumnNames).Where(column => column.First.Name != nameof(SeriesColumnRole.Sequence));
        return new(
            schema: null, table.Interval.Table, [.. written.Select(column => new WriteColumn(column.Second, column.First.Kind))],
            series.Type == SeriesType.Series ? WriteConflict.Append : WriteConflict.Ignore);
    }

    /// <summary>Rows are summed up: kairos's constraint lets rows without a resolution be there twice.</summary>
    private string Select(IntervalSpec spec)
    {
        var parameter = kairos.Dialect.Parameter(1);
        var type = kairos.Kind.TypeName(series.Value.Kind);
        var value = $"CAST(value AS {type})";
        var cell = spec.IsFine || series.Type == SeriesType.Series ? "name, i_time, r_time" : "name, i_time";
        var times = "CAST(i_time AS bigint), CAST(" + (spec.IsFine ? "r_time" : "i_time") + " AS bigint)";
        var from = $"WHERE interval = {parameter} GROUP BY {cell}";
        return series.Type switch
        {
            SeriesType.Histogram => $"SELECT name, {times}, {value}, CAST(sum(count) AS bigint) FROM histogram {from}, value ORDER BY {cell}",
            SeriesType.Count => $"SELECT name, {times}, CAST(sum(count) AS {type}) FROM \"count\" {from} ORDER BY {cell}",
            SeriesType.Gauge => $"SELECT name, {times}, CAST(max(value) AS {type}) FROM gauge {from} ORDER BY {cell}",
            SeriesType.Set => $"SELECT DISTINCT name, {times}, {value} FROM \"set\" WHERE interval = {parameter}",
            _ => $"SELECT name, {times}, {value} FROM series WHERE interval = {parameter} ORDER BY r_time, insert_time",
        };
    }

    private object[] Row(RowReader row, IntervalSpec spec)
    {
        var bucket = Start(row.Int64(1), spec.Step);
        var slot = spec.IsFine ? Start(row.Int64(2), spec.Resolution) : bucket;
        var value = StoredColumn.Read(row, 3, series.Value.Kind);
        object[] cell = spec.IsFine ? [row.Text(0), bucket, slot] : [row.Text(0), bucket];
        return series.Type switch
        {
            SeriesType.Series => [row.Text(0), slot, value],
            SeriesType.Histogram => [.. cell, value, row.Int64(4)],
            SeriesType.Gauge => [.. cell, value, slot],
            _ => [.. cell, value],
        };
    }

    /// <summary>The start of a bucket by kairos's number: of a fixed step its index, of a calendar word a date.</summary>
    private static long Start(long number, StepSpec step)
    {
        if (!step.IsCalendar)
        {
            return number * step.Seconds * Instant.PerSecond;
        }

        var (text, format) = step.Word switch
        {
            CalendarWord.Daily => (number.ToString(CultureInfo.InvariantCulture), "yyyyMMdd"),
            CalendarWord.Monthly => (number.ToString(CultureInfo.InvariantCulture) + "01", "yyyyMMdd"),
            _ => (number.ToString(CultureInfo.InvariantCulture) + "0101", "yyyyMMdd"),
        };
        return DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start)
            ? Instant.From(start)
            : throw new CliException(ExitCodes.BadInput, $"'{number}' is no date that kairos writes for {step} buckets.",
                "Compare the intervals of kairos with those of the class.");
    }
}
