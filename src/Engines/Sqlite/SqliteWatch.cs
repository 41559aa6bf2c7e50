using Typed.Storage;

namespace Typed.Sqlite;

/// <summary>
/// Hears of the commits of others by a number that SQLite changes with each of them (PRAGMA data_version), which is read from shared memory. It is another
/// number
/// on each connection, so it keeps one.
/// </summary>
internal sealed class SqliteWatch(SqliteDatabase database, CommitSignals signals)
{
    private static readonly Sql s_version = new("PRAGMA data_version");
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(20);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var session = await database.OpenReadAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = session.ConfigureAwait(false);
        var (query, pause) = (new VersionQuery(), s_shortest);
        signals.Hears = true;
        for (var last = 0L; ; last = query.Version)
        {
            await session.ReadAsync(s_version, query, cancellationToken).ConfigureAwait(false);
            pause = pause * 1.2 < s_longest ? pause * 1.2 : s_longest;
            if (query.Version != last)
            {
                signals.AnnounceAll();
                pause = s_shortest;
            }

            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed class VersionQuery : IRowQuery
    {
        public long Version { get; private set; }

        public void Bind(ParameterWriter parameters)
        {
        }

        public bool Row(RowReader row)
        {
            Version = row.Int64(0);
            return false;
        }
    }
}
