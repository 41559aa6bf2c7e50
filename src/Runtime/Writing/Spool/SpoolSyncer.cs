namespace Typed.Writing.Spool;

/// <summary>Brings a spool to disk, in groups, on a thread of its own.</summary>
internal sealed class SpoolSyncer : IDisposable
{
    private readonly SpoolLog _log;
    private readonly TimeSpan? _interval;
    private readonly bool _isNever;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly AutoResetEvent _urgent = new(initialState: false);
    private readonly List<(long Position, TaskCompletionSource Done)> _waiting = [];
    private readonly Thread _thread;
    private long _synced;
    private volatile bool _isStopping;
    private volatile SpoolException? _failure;
    private bool _isAwake;

    public SpoolSyncer(SpoolLog log, SpoolSync sync)
    {
        (_log, _interval, _isNever) = (log, sync.Interval, sync == SpoolSync.Never);
        IsEveryWrite = sync == SpoolSync.EveryWrite;
        _thread = new Thread(Run) { IsBackground = true, Name = "typed spool" };
        _thread.Start();
    }

    /// <summary>Whether a post ends when its item is on disk.</summary>
    public bool IsEveryWrite { get; }

    /// <summary>Whether the disk failed, so that nothing more is promised.</summary>
    public bool HasFailed => _failure is not null;

    /// <summary>Something was appended. Called under the log's lock.</summary>
    public void Appended()
    {
        if (!_isAwake)
        {
            _isAwake = true;
            _wake.Set();
        }
    }

    /// <exception cref="SpoolException">The disk failed: nothing more is promised.</exception>
    public void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            throw new SpoolException(failure.Message, failure.InnerException);
        }
    }

    /// <summary>Ends when everything that was appended up to a position is on disk; at once where that is never asked for.</summary>
    /// <exception cref="SpoolException">The disk failed.</exception>
    public Task SyncAsync(long position)
    {
        if (_isNever || Volatile.Read(ref _synced) >= position)
        {
            return Task.CompletedTask;
        }

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiting)
        {
            if (_failure is { } failure)
            {
                return Task.FromException(new SpoolException(failure.Message, failure.InnerException));
            }

            if (_synced >= position)
            {
                return Task.CompletedTask;
            }

            _waiting.Add((position, done));
        }

        _urgent.Set();
        _wake.Set();
        return done.Task;
    }

    public void Dispose()
    {
        _isStopping = true;
        _urgent.Set();
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
        _urgent.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            _wake.WaitOne();
            if (!_isStopping && !IsEveryWrite)
            {
                // Whoever needs it earlier says so. Segments that are whole are given back within a second, also where nothing is brought to disk.
                _urgent.WaitOne(_interval ?? TimeSpan.FromSeconds(1));
            }

            lock (_log.Sync)
            {
                _isAwake = false;
            }

            SyncOnce();
            if (_isStopping)
            {
                return;
            }
        }
    }

    private void SyncOnce()
    {
        var (whole, inUse, position) = _log.Unsynced();
        try
        {
            if (!_isNever && position > _synced && _failure is null)
            {
                foreach (var writer in whole)
                {
                    writer.Sync();
                }

                inUse?.Sync();
            }

            _log.Synced(whole);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The system may hold what did not reach the disk for written: another try would say that all is well.
            _failure ??= new SpoolException(
                $"The disk under the spool {_log.Folder} failed, and nobody knows what is on it: {error.Message} "
                + "Posts are refused until the store is opened again.",
                error);
        }

        lock (_waiting)
        {
            if (_failure is null)
            {
                Volatile.Write(ref _synced, position);
            }

            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (_failure is { } failure)
                {
                    _waiting[i].Done.TrySetException(new SpoolException(failure.Message, failure.InnerException));
                }
                else if (_waiting[i].Position <= position)
                {
                    _waiting[i].Done.TrySetResult();
                }
                else
                {
                    continue;
                }

                _waiting.RemoveAt(i);
            }
        }
    }
}
