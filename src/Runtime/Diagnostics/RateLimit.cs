namespace Typed.Diagnostics;

/// <summary>Lets the first few messages of a kind through, and then says every period how many more there were, until there are none.</summary>
/// <param name="burst">How many pass in a period.</param>
/// <param name="period">The period.</param>
/// <param name="rest">Told at the end of a period how many did not pass, if any.</param>
internal sealed class RateLimit(int burst, TimeSpan period, Action<long> rest) : IDisposable
{
    private readonly Lock _sync = new();
    private Timer? _timer;
    private bool _isCounting;
    private bool _isDisposed;
    private int _passed;
    private long _held;

    /// <summary>Whether the message passes; otherwise it is counted.</summary>
    public bool TryPass()
    {
        lock (_sync)
        {
            if (!_isCounting && !_isDisposed)
            {
                Begin();
            }

            if (_passed < burst)
            {
                _passed++;
                return true;
            }

            _held++;
            return false;
        }
    }

    /// <summary>Says what is left to say.</summary>
    public void Dispose()
    {
        lock (_sync)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }

        Report();
    }

    private void Begin()
    {
        _isCounting = true;
        _passed = 0;
        _timer ??= CleanContext.Timer(static limit => ((RateLimit)limit!).Report(), this);
        _timer.Change(period, Timeout.InfiniteTimeSpan);
    }

    private void Report()
    {
        long held;
        lock (_sync)
        {
            (held, _held, _isCounting) = (_held, 0, false);
            if (held > 0 && !_isDisposed)
            {
                // It goes on: none passes in the next period.
                Begin();
                _passed = burst;
            }
        }

        if (held > 0)
        {
            rest(held);
        }
    }
}
