using Npgsql;
using Typed.Diagnostics;

namespace Typed.Postgres;

/// <summary>
/// Tells other processes of commits by NOTIFY. Not in the transaction that it tells of: the server lets transactions that notify commit one after the other,
/// waits for the disk included. And not after each: what is committed in a burst is told together.
/// </summary>
internal sealed class PostgresAnnouncer(NpgsqlDataSource source, string sender) : IAsyncDisposable
{
    /// <summary>The channel that all stores of a database use.</summary>
    public const string Channel = "typed_commits";

    /// <summary>The server refuses payloads of 8 000 bytes.</summary>
    private const int MostBytes = 7_000;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(4);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _places = new(StringComparer.Ordinal);
    private Task _running = Task.CompletedTask;
    private bool _isRunning;
    private bool _isClosed;

    /// <summary>The text of a message; without places it means anything.</summary>
    public static string Message(string sender, IReadOnlyCollection<string> places)
    {
        var text = string.Join('\n', places.Prepend(sender));
        return text.Length <= MostBytes ? text : sender;
    }

    public void Announce(string table, string part)
    {
        lock (_lock)
        {
            _places.Add($"{table}\t{part}");
            if (!_isRunning && !_isClosed)
            {
                _isRunning = true;
                _running = CleanContext.RunAsync(static self => self.RunAsync(), this);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (_lock)
        {
            _isClosed = true;
            running = _running;
        }

        await running.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (TryTake(out var places))
        {
            try
            {
                await SendAsync(Message(sender, places)).ConfigureAwait(false);
            }
            catch (Exception error) when (PostgresErrors.Classify(error) is not null || error is ObjectDisposedException)
            {
                // Followers in other processes look by themselves.
            }

            await Task.Delay(s_pause).ConfigureAwait(false);
        }
    }

    private bool TryTake(out string[] places)
    {
        lock (_lock)
        {
            places = [.. _places];
            _places.Clear();
            _isRunning = places.Length > 0;
            return _isRunning;
        }
    }

    private async Task SendAsync(string message)
    {
        var connection = await source.OpenConnectionAsync().ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var command = new NpgsqlCommand($"SELECT pg_notify('{Channel}', $1)", connection);
        await using var __ = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = message });
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }
}
