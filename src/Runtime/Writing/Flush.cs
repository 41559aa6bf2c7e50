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
    private bool _isSent;
    private SessionPlace? _last;
    private List<SessionPlace>? _places;

    public Flush(IReadOnlyList<PendingWrite> writes, FlushRows rows, WriterLine line, TimeSpan lockWait, CancellationToken stopping)
    {
        (Writes, Tables, Late, Line) = (writes, rows.Tables, rows.Late, line);
        Stamp = new WriterStamp(line.Id, line.Next(), lockWait);
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Token = _cancellation.Token;
        foreach (var write in writes)
        {
            write.Flush = this;
        }
    }

    public IReadOnlyList<PendingWrite> Writes { get; }

    public IReadOnlyList<ITableRows> Tables { get; }

    /// <summary>Gives the rows that are known once the others are stored; null where there are none.</summary>
    public Func<IReadOnlyList<ITableRows>>? Late { get; }

    /// <summary>The line of its writer.</summary>
    public WriterLine Line { get; }

    public WriterStamp Stamp { get; }

    public required FlushTelemetry Telemetry { get; init; }

    /// <summary>Cancelled when nobody needs the flush any more.</summary>
    public CancellationToken Token { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => Tables.Sum(table => table.Count);

    /// <summary>Whether an attempt of unknown outcome lies behind.</summary>
    public bool MayBeApplied { get; private set; }

    /// <summary>The attempts that were silent until they were given up.</summary>
    public int Silences { get; set; }

    /// <summary>The attempts whose statements were cancelled, or took longer than the server allows.</summary>
    public int Cancellations { get; set; }

    /// <summary>Where earlier attempts were made that may not have ended.</summary>
    public IReadOnlyList<SessionPlace> Places => _places ?? [];

    /// <summary>Whether the store's spool says that it is under way.</summary>
    public bool IsSpooled { get; set; }

    /// <summary>Whether it can be split without splitting a call.</summary>
    public bool IsDivisible => Writes.Count > 1 || Writes[0].IsDivisible;

    /// <summary>The refusal of an attempt that had one of unknown outcome before it, which may still reach the database.</summary>
    public Exception? Refusal { get; set; }

    /// <summary>Whether a caller has gone while nothing was written, so that the others go on in a flush without it.</summary>
    public bool IsToBeMadeAgain { get; private set; }

    /// <summary>Says that an attempt has a connection and is about to be sent.</summary>
    /// <exception cref="OperationCanceledException">A caller has gone who was told that nothing was written: the flush has to be made again.</exception>
    public void Begin()
    {
        lock (_cancellation)
        {
            if (!MayBeApplied && Writes.Any(write => write.IsGone))
            {
                IsToBeMadeAgain = true;
                throw new OperationCanceledException("A caller has gone.");
            }

            _isSent = true;
        }
    }

    /// <summary>Says where the next attempt is made; where the one before it was made is then one of <see cref="Places"/>.</summary>
    public void MoveTo(SessionPlace? place)
    {
        if (_last is { } before)
        {
            (_places ??= []).Add(before);
        }

        _last = place;
    }

    /// <summary>Says that an attempt has failed.</summary>
    public void Fail(bool isOutcomeUnknown)
    {
        lock (_cancellation)
        {
            MayBeApplied |= _isSent && isOutcomeUnknown;
            _isSent = false;
        }
    }

    /// <summary>Says that it is known that no attempt was or will be applied.</summary>
    public void Annul()
    {
        lock (_cancellation)
        {
            (MayBeApplied, _isSent) = (false, false);
        }
    }

    /// <summary>Takes notice that a caller has gone, stops the attempts if all of them have, and says whether the flush may have been committed.</summary>
    public bool Forsake()
    {
        lock (_cancellation)
        {
            if (!_isDisposed && Writes.All(write => write.IsGone))
            {
                // On another thread: what hangs on the token may block.
                _ = _cancellation.CancelAsync();
            }

            return MayBeApplied || _isSent;
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
