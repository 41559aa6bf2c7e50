using System.Diagnostics.CodeAnalysis;

namespace Typed.Storage;

/// <summary>Wakes those of this process who wait for commits: at once after the store's own, and after others' as far as the engine hears of them.</summary>
internal sealed class CommitSignals
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Table, string? Part), Signal> _signals = [];
    private volatile bool _hears;

    /// <summary>Whether the engine hears of the commits of other stores, so that looking for them is a precaution only.</summary>
    public bool Hears
    {
        get => _hears;
        set => _hears = value;
    }

    /// <summary>Whether somebody waits.</summary>
    public bool IsAwaited
    {
        get
        {
            lock (_lock)
            {
                return _signals.Count > 0;
            }
        }
    }

    /// <summary>What tells of commits into a part of a table, or with null into any, until it is disposed.</summary>
    public CommitSubscription Subscribe(string table, string? part)
    {
        lock (_lock)
        {
            var key = (table, part);
            if (!_signals.TryGetValue(key, out var signal))
            {
                _signals.Add(key, signal = new());
            }

            signal.Users++;
            return new(this, key, signal);
        }
    }

    /// <summary>Something was committed into a part of a table.</summary>
    public void Announce(string table, string part)
    {
        Signal? signal;
        Signal? whole;
        lock (_lock)
        {
            _signals.TryGetValue((table, part), out signal);
            _signals.TryGetValue((table, null), out whole);
        }

        signal?.Announce();
        whole?.Announce();
    }

    /// <summary>Something was committed, and nobody knows where.</summary>
    public void AnnounceAll()
    {
        Signal[] all;
        lock (_lock)
        {
            all = [.. _signals.Values];
        }

        foreach (var signal in all)
        {
            signal.Announce();
        }
    }

    private void Leave((string Table, string? Part) key, Signal signal)
    {
        lock (_lock)
        {
            if (--signal.Users == 0)
            {
                _signals.Remove(key);
            }
        }
    }

    /// <summary>Tells of commits into a part of a table, or into any.</summary>
    internal sealed class CommitSubscription(CommitSignals owner, (string Table, string? Part) key, Signal signal) : IDisposable
    {
        private bool _isDisposed;

        /// <summary>How often something was announced.</summary>
        public long Version => signal.Version;

        /// <summary>Waits until something is announced after a version, or for a time.</summary>
        public async ValueTask WaitAsync(long seen, TimeSpan longest, CancellationToken cancellationToken)
        {
            if (!signal.HasToWait(seen, out var changed))
            {
                return;
            }

            using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed, Task.Delay(longest, pause.Token)).ConfigureAwait(false);
            await pause.CancelAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        public void Dispose()
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                owner.Leave(key, signal);
            }
        }
    }

    /// <summary>A number that grows, and who waits for it.</summary>
    internal sealed class Signal
    {
        private readonly Lock _lock = new();
        private TaskCompletionSource? _next;
        private long _version;

        /// <summary>Those who may wait; kept by the owner.</summary>
        public int Users { get; set; }

        public long Version => Interlocked.Read(ref _version);

        public void Announce()
        {
            TaskCompletionSource? waited;
            lock (_lock)
            {
                _version++;
                (waited, _next) = (_next, null);
            }

            waited?.TrySetResult();
        }

        /// <summary>Whether nothing was announced since a version; then gives what ends with the next announcement.</summary>
        public bool HasToWait(long seen, [NotNullWhen(true)] out Task? changed)
        {
            lock (_lock)
            {
                changed = _version == seen ? (_next ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task : null;
                return changed is not null;
            }
        }
    }
}
