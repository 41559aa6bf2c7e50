using Npgsql;
using Typed.Storage;

namespace Typed.Postgres;

/// <summary>
/// Hears of the commits of other stores by LISTEN, on one connection for all followers of a store, which is made again when it breaks. Where it does not hear
/// itself, as behind a pooler that lends out sessions by transaction, it gives the connection back.
/// </summary>
internal sealed class PostgresListener(NpgsqlDataSource source, string sender, CommitSignals signals)
{
    /// <summary>A pool of fewer connections has none to spare.</summary>
    private const int LeastConnections = 4;

    private static readonly TimeSpan s_proof = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    /// <summary>After so long without a word it is asked whether the connection still lives.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(20);

    private readonly string _greeting = $"{sender}\n{Guid.NewGuid():N}";
    private bool _isProven;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (new NpgsqlConnectionStringBuilder(source.ConnectionString).MaxPoolSize < LeastConnections)
        {
            return;
        }

        for (var pause = s_firstPause; ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            try
            {
                _isProven = false;
                await ListenAsync(cancellationToken).ConfigureAwait(false);
                pause = s_longestPause; // it hears nothing here, which may change when the server does
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested && PostgresErrors.Classify(error) is not null)
            {
                pause = _isProven ? s_firstPause : pause;
            }
            finally
            {
                signals.Hears = false;
            }

            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Listens until the connection breaks; returns where nothing is heard.</summary>
    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        connection.Notification += OnNotification;
        try
        {
            await RunAsync(connection, $"LISTEN {PostgresAnnouncer.Channel}", cancellationToken).ConfigureAwait(false);
            await GreetAsync(cancellationToken).ConfigureAwait(false);
            if (!_isProven)
            {
                await connection.WaitAsync(s_proof, cancellationToken).ConfigureAwait(false);
            }

            if (!_isProven)
            {
                await RunAsync(connection, $"UNLISTEN {PostgresAnnouncer.Channel}", cancellationToken).ConfigureAwait(false);
                return;
            }

            signals.Hears = true;
            signals.AnnounceAll(); // of what was committed before
            while (true)
            {
                if (!await connection.WaitAsync(s_silence, cancellationToken).ConfigureAwait(false))
                {
                    await RunAsync(connection, "SELECT 1", cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            connection.Notification -= OnNotification;
        }
    }

    /// <summary>Speaks on another connection, so that the answer has to be heard.</summary>
    private async Task GreetAsync(CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var command = new NpgsqlCommand($"SELECT pg_notify('{PostgresAnnouncer.Channel}', $1)", connection);
        await using var __ = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _greeting });
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // The texts are constants.
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using var _ = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private void OnNotification(object? connection, NpgsqlNotificationEventArgs notification)
    {
        if (string.Equals(notification.Payload, _greeting, StringComparison.Ordinal))
        {
            _isProven = true;
            return;
        }

        var lines = notification.Payload.Split('\n');
        if (string.Equals(lines[0], sender, StringComparison.Ordinal))
        {
            return; // the store's own commits are known already
        }

        if (lines.Length == 1)
        {
            signals.AnnounceAll();
        }

        foreach (var place in lines.Skip(1))
        {
            if (place.Split('\t') is [var table, var part])
            {
                signals.Announce(table, part);
            }
        }
    }
}
