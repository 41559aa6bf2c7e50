namespace Typed.Storage;

/// <summary>
/// The attempts at one read. A connection that stays silent may be lost, or the statement may take its time: nobody can tell. So after a while the same
/// is asked
/// on a second connection while the first one goes on, and whichever answers ends the other. Waiting ends with the token, whatever the driver is doing;
/// attempts
/// that nobody waits for any more end beside the caller.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="read">One attempt.</param>
/// <param name="silence">How long to wait for the first before there is a second.</param>
/// <param name="seconds">How many reads of the store may have a second attempt.</param>
internal sealed class ReadRace<T>(Database database, Func<CancellationToken, ValueTask<T>> read, TimeSpan silence, SemaphoreSlim seconds) : IDisposable
{
    private readonly List<Attempt> _running = new(1);
    private bool _hasSecond;

    /// <summary>Starts an attempt and gives the first answer or error of those that are under way.</summary>
    public async ValueTask<T> TryAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _running.Add(new(read));
        if (_running.Count == 1 && !await _running[0].EndsWithinAsync(silence, cancellationToken).ConfigureAwait(false)
            && await MayHaveSecondAsync(cancellationToken).ConfigureAwait(false))
        {
            _running.Add(new(read));
        }

        if (_running.Count > 1)
        {
            await Task.WhenAny(_running[0].Task, _running[1].Task).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        var ended = _running.First(attempt => attempt.Task.IsCompleted);
        if (ended != _running[0] && ended.Task.IsCompletedSuccessfully)
        {
            // A firewall that forgot one connection forgot the idle ones too.
            database.DropIdle();
        }

        _running.Remove(ended);
        using (ended)
        {
            return await ended.Task.ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        foreach (var attempt in _running)
        {
            _ = attempt.AbandonAsync();
        }

        if (_hasSecond)
        {
            seconds.Release();
        }
    }

    /// <summary>Waits for the right to a second attempt; false where the first one ended meanwhile.</summary>
    private async ValueTask<bool> MayHaveSecondAsync(CancellationToken cancellationToken)
    {
        if (!_hasSecond)
        {
            using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var waiting = seconds.WaitAsync(leaving.Token);
            await Task.WhenAny(waiting, _running[0].Task).ConfigureAwait(false);
            await leaving.CancelAsync().ConfigureAwait(false);
            await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _hasSecond = waiting.IsCompletedSuccessfully;
            cancellationToken.ThrowIfCancellationRequested();
        }

        return !_running[0].Task.IsCompleted;
    }

    private sealed class Attempt : IDisposable
    {
        // Not linked to the caller's token: Npgsql asks the server to cancel inside the callback, and who cancels would wait for that.
        private readonly CancellationTokenSource _stop = new();

        public Attempt(Func<CancellationToken, ValueTask<T>> read) => Task = read(_stop.Token).AsTask();

        public Task<T> Task { get; }

        public async ValueTask<bool> EndsWithinAsync(TimeSpan limit, CancellationToken cancellationToken)
        {
            if (!Task.IsCompleted)
            {
                var waiting = ((Task)Task).WaitAsync(limit, cancellationToken);
                await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
            }

            return Task.IsCompleted;
        }

        /// <summary>Cancels the attempt, which gives up its connection. Nobody waits for its answer, or for its error.</summary>
        public async Task AbandonAsync()
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (Task.IsCompletedSuccessfully && await Task.ConfigureAwait(false) is IDisposable answer)
            {
                answer.Dispose();
            }

            Dispose();
        }

        public void Dispose() => _stop.Dispose();
    }
}
