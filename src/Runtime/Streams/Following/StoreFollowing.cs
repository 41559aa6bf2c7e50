using System.Collections.Concurrent;
using Typed.Diagnostics;
using Typed.Schema;
using Typed.Storage;
using Typed.Storage.Statements;
using Typed.Writing;

namespace Typed.Streams.Following;

/// <summary>What all followers of a store share: statements, the record of the history of commits, and who tells of commits.</summary>
/// <param name="scope">The store.</param>
/// <param name="epochs">The statements on the record.</param>
/// <param name="signals">Wakes followers.</param>
/// <param name="streams">All streams of the store that can be followed.</param>
/// <param name="isReadOnly">Whether the store may only read.</param>
internal sealed class StoreFollowing(
    StoreScope scope, EpochStatements epochs, CommitSignals signals, Func<IEnumerable<StreamTable>> streams, bool isReadOnly)
    : IAsyncDisposable
{
    private readonly ConcurrentDictionary<StreamTable, FollowStatements> _statements = new();
    private readonly ConcurrentDictionary<StreamTable, bool> _allowed = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();
    private Task? _watching;

    public CommitSignals Signals => signals;

    public StoreScope Scope => scope;

    public FollowStatements Statements(StreamTable stream) =>
        _statements.GetOrAdd(stream, static (stream, self) => new(stream, self.Epochs.Table, self.Scope.Database.Dialect), this);

    private EpochStatements Epochs => epochs;

    /// <summary>Says why a stream cannot be followed in this database, if it cannot.</summary>
    /// <exception cref="NotSupportedException">Its transactions span servers.</exception>
    public async ValueTask CheckAsync(FollowStatements statements, Asked asked, CancellationToken cancellationToken)
    {
        if (_allowed.ContainsKey(statements.Stream))
        {
            return;
        }

        foreach (var sql in statements.Obstacles)
        {
            var query = await scope.ReadAsync(asked, sql, static () => new TextQuery(), cancellationToken).ConfigureAwait(false);
            if (query.Text is { Length: > 0 } obstacle)
            {
                throw new NotSupportedException(
                    $"The stream '{statements.Stream.Stream.Name}' cannot be followed in {scope.Database.Address}: {obstacle}, so that nobody can tell which "
                    + "events are still to come. Read it by time (Between, After), or keep it in a database of one server.");
            }

            if (query.Text is not null)
            {
                break;
            }
        }

        _allowed[statements.Stream] = true;
    }

    /// <summary>Hears of the commits of others from now on, for as long as the store lives.</summary>
    public void Watch()
    {
        lock (_lock)
        {
            if (!_closing.IsCancellationRequested)
            {
                _watching ??= CleanContext.RunAsync(static self => self.WatchAsync(), this);
            }
        }
    }

    /// <summary>
    /// Records which history of commits the database has, or that it has another one since it was restored. All stored events come first in a new history.
    /// </summary>
    public async ValueTask RecordAsync(FollowState found, CancellationToken cancellationToken)
    {
        if (isReadOnly)
        {
            throw new InvalidOperationException(
                found.Epoch is null
                    ? $"Nobody has followed a stream of {scope.Database.Address} yet, and this store was opened with ReadOnly(): follow it once, or read "
                        + "an end position, in a store that may write."
                    : $"{scope.Database.Address} was restored from a dump of another one, and this store was opened with ReadOnly(): follow it once, or "
                        + "read an end position, in a store that may write, so that the order of its commits can be set right.");
        }

        // Later histories have higher numbers, so that their positions come later too.
        var epoch = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() << 16) | (long)Random.Shared.Next(1 << 16);
        await scope.RepeatAsync(
            async (session, token) =>
            {
                var first = found.Epoch is not null || found.IsRestored ? epochs.Renew(streams(), epoch) : epochs.FreeUnlisted(streams());
                await session.ExecuteAllAsync([.. first.Select(static sql => (sql, NoParameters.Instance))], token).ConfigureAwait(false);

                foreach (var sql in epochs.Create(epoch))
                {
                    await session.ExecuteAllAsync([(sql, NoParameters.Instance)], token).ConfigureAwait(false);
                }

                return true;
            },
            Names.Follow,
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        Task? watching;
        lock (_lock)
        {
            _closing.Cancel();
            watching = _watching;
        }

        if (watching is not null)
        {
            await watching.ConfigureAwait(false);
        }
    }

    private async Task WatchAsync()
    {
        // Not on the thread of the follower: SQLite's calls only look asynchronous.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await scope.Database.WatchAsync(Signals, _closing.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The store is disposed.
        }
        catch (Exception error) when (scope.Database.Classify(error) is not null)
        {
            // Followers look by themselves.
        }
        finally
        {
            Signals.Hears = false;
        }
    }

    private sealed class TextQuery : IRowQuery
    {
        public string? Text { get; private set; }

        public void Bind(ParameterWriter parameters)
        {
        }

        public bool Row(RowReader row)
        {
            Text = row.Text(0);
            return false;
        }
    }
}
