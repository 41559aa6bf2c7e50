using Typed.Cli.Connections;
using Typed.Cli.Output;
using Typed.Cli.Reading;
using Typed.Streams.Reading;

namespace Typed.Cli.Transfer;

/// <summary>
/// Exports events as lines of JSON. A file is written under another name and renamed when it is whole. What an export that was killed has written is kept: the
/// next one goes on after the last event of its last whole piece.
/// </summary>
internal sealed class EventExport(StoredDatabase database, EventTable table, IReadOnlyList<string> namespaces, bool namesNamespace)
{
    /// <summary>Bytes after which a piece ends: what a killed export loses at most.</summary>
    private const int PieceBytes = 16 << 20;

    private readonly EventPages _pages = new(database, table);
    private readonly EventLines _lines = new();

    /// <summary>How many events were written before this run.</summary>
    public long Before { get; private set; }

    /// <summary>Writes to a stream.</summary>
    public async Task<long> WriteAsync(Stream output, IdRange range, CancellationToken cancellationToken)
    {
        var events = 0L;
        foreach (var space in namespaces)
        {
            await _pages.ReadAsync(space, range, descending: false, long.MaxValue, WritePageAsync, cancellationToken);

            async Task WritePageAsync(EventPage page)
            {
                Add(page, space);
                events += page.Rows;
                await output.WriteAsync(_lines.Written, cancellationToken);
                _lines.Clear();
            }
        }

        return events;
    }

    /// <summary>Writes a file.</summary>
    /// <param name="file">The file, compressed by its ending.</param>
    /// <param name="range">The events.</param>
    /// <param name="of">The same in words, by which an interrupted export knows its own.</param>
    /// <param name="report">Takes how many events are written.</param>
    /// <param name="cancellationToken">Stops after the piece that is being written.</param>
    public async Task<long> WriteFileAsync(string file, IdRange range, string of, Action<long> report, CancellationToken cancellationToken)
    {
        var (partial, stateFile) = (file + ".partial", file + ".partial.state");
        var state = ExportState.Find(stateFile, partial, of);
        Before = state?.Events ?? 0;
        var events = Before;
        await using (var output = new FileStream(partial, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16))
        {
            output.SetLength(state?.Bytes ?? 0);
            output.Seek(0, SeekOrigin.End);
            foreach (var space in namespaces.Where(name => state is null || string.CompareOrdinal(name, state.Namespace) >= 0))
            {
                var left = state is not null && space == state.Namespace ? range.After(state.Id, descending: false) : range;
                await _pages.ReadAsync(space, left, descending: false, long.MaxValue, TakePageAsync, cancellationToken);
                await EndPieceAsync();

                async Task TakePageAsync(EventPage page)
                {
                    Add(page, space);
                    events += page.Rows;
                    state = new(of, 0, events, space, page.LastId);
                    report(events);
                    if (_lines.Written.Length >= PieceBytes)
                    {
                        await EndPieceAsync();
                    }
                }
            }

            async Task EndPieceAsync()
            {
                if (_lines.Written.Length > 0)
                {
                    // Not cancelled: half a piece is of no use, and a whole one is kept.
                    await using (var piece = Compression.Write(output, file))
                    {
                        await piece.WriteAsync(_lines.Written, CancellationToken.None);
                    }

                    await output.FlushAsync(CancellationToken.None);
                    _lines.Clear();
                    state = state! with { Bytes = output.Length };
                    state.Save(stateFile);
                }
            }
        }

        File.Move(partial, file, overwrite: true);
        File.Delete(stateFile);
        return events;
    }

    private void Add(EventPage page, string space) =>
        page.Each((id, version, json) => _lines.Add(id, namesNamespace ? space : null, version, json));
}
