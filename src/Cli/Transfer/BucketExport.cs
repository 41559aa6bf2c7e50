using System.Text;
using Typed.Cli.Connections;
using Typed.Cli.Output;
using Typed.Cli.Reading;
using Typed.Time;

namespace Typed.Cli.Transfer;

/// <summary>Exports the rows of an interval as CSV (RFC 4180, lines end in LF): the key, the bucket, and what it holds.</summary>
internal sealed class BucketExport(StoredDatabase database, SeriesTable table)
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes the live rows of a range, with a header.</summary>
    public async Task<long> WriteAsync(Stream output, IReadOnlyList<string> key, long first, long last, Action<long> report,
        CancellationToken cancellationToken)
    {
        var bind = key.Count > 0 ? SeriesTable.Bind(table.Series, key) : null;
        var columns = table.RowColumns;
        var rows = 0L;
        await using var text = new StreamWriter(output, s_utf8, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        await text.WriteLineAsync(string.Join(',', columns.Select(column => Quote(char.ToLowerInvariant(column.Name[0]) + column.Name[1..]))));
        await database.ReadOnceAsync(
            table.Rows(bind is not null),
            parameters =>
            {
                bind?.Invoke(parameters);
                parameters.Instant(first);
                parameters.Instant(last);
            },
            row =>
            {
                for (var i = 0; i < columns.Count; i++)
                {
                    text.Write(i > 0 ? "," : "");
                    text.Write(Quote(ValueText.Plain(StoredColumn.Read(row, i, columns[i].Kind))));
                }

                text.Write('\n');
                report(++rows);
            },
            cancellationToken);
        return rows;
    }

    /// <summary>Writes a file: under another name, renamed when it is whole.</summary>
    public async Task<long> WriteFileAsync(
        string file, IReadOnlyList<string> key, long first, long last, Action<long> report, CancellationToken cancellationToken)
    {
        var partial = file + ".partial";
        long rows;
        try
        {
            await using var raw = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
            await using var output = Compression.Write(raw, file);
            rows = await WriteAsync(output, key, first, last, report, cancellationToken);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }

        File.Move(partial, file, overwrite: true);
        return rows;
    }

    /// <summary>The range of positions from the oldest live one on.</summary>
    public static (long First, long Last) RangeOf(SeriesTable table, DateTimeOffset now, DateTimeOffset? from, DateTimeOffset? until) => (
        Math.Max(table.OldestLive(now), from is { } start ? Instant.From(start) : Instant.Min), until is { } end ? Instant.From(end) : Instant.Max);

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny("\",\n\r") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
