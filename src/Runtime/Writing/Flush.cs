using Typed.Diagnostics;
using Typed.Storage;

namespace Typed.Writing;

/// <summary>
/// Writes on their way to the database in one transaction, under one number of their writer. The same rows are presented under the same number until it is
/// known what became of them.
/// </summary>
internal sealed class Flush : IDisposable
{
    private readonly CancellationTokenSource _cancellation;
    private bool _isDisposed;

    public Flush(IReadOnlyList<PendingWrite> writes, IReadOnlyList<ITableRows> tables, WriterStamp stamp, CancellationToken stopping)
    {
        (Writes, Tables, Stamp) = (writes, tables, stamp);
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Token = _cancellation.Token;
        foreach (var write in writes)
        {
            write.Flush = this;
        }
    }

    public IReadOnlyList<PendingWrite> Writes { get; }

    public IReadOnlyList<ITableRows> Tables { get; }

    public WriterStamp Stamp { get; }

    public required FlushTelemetry Telemetry { get; init; }

    /// <summary>Cancelled when nobody needs the flush any more.</summary>
    public CancellationToken Token { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => Tables.Sum(table => table.Count);

    /// <summary>Whether an attempt of unknown outcome lies behind.</summary>
    public bool MayBeApplied { get; set; }

    /// <summary>Whether an attempt is under way that has a connection.</summary>
    public bool IsSent { get; set; }

    /// <summary>
    /// The refusal of an attempt that had one of unknown outcome before it. The number is then taken without the rows, which says whether the earlier attempt
    /// was applied, and keeps it from being applied later.
    /// </summary>
    public Exception? Refusal { get; set; }

    /// <summary>Whether a caller has gone while nothing was written, so that the others go on in a flush without it.</summary>
    public bool IsToBeMadeAgain { get; set; }

    /// <summary>Stops the attempts if every caller has gone.</summary>
    public void CancelIfForsaken()
    {
        lock (_cancellation)
        {
            if (!_isDisposed && Writes.All(write => write.IsGone))
            {
                // On another thread: what hangs on the token may block.
                _ = _cancellation.CancelAsync();
            }
        }
    }

    public void Dispose()
    {
        lock (_cancellation)
        {
            _isDisposed = true;
            _cancellation.Dispose();
        }
    }
}
