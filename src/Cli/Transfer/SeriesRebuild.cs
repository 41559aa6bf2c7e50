using Typed.Cli.Connections;
using Typed.Cli.Reading;
using Typed.Storage.Statements;

namespace Typed.Cli.Transfer;

/// <summary>
/// Computes an interval anew from a finer one while others write: a range of keys in a transaction. One that was stopped is started again from the beginning,
/// and what it had done comes out the same.
/// </summary>
internal sealed class SeriesRebuild(StoredDatabase database, StoredSeries series, RebuildStatements statements, long first)
{
    /// <summary>The first bucket that is computed.</summary>
    public long First => first;

    /// <summary>How many keys have something to be computed from.</summary>
    public Task<long> CountAsync(CancellationToken cancellationToken) => CountAsync(after: null, last: null, cancellationToken);

    /// <summary>Computes them, and gives how many there were.</summary>
    public async Task<long> RunAsync(Action<long> report, CancellationToken cancellationToken)
    {
        var done = 0L;
        object[]? after = null;
        do
        {
            var last = await LastKeyAsync(after, cancellationToken);
            var count = await CountAsync(after, last, cancellationToken);
            var replace = statements.Replace(resumes: after is not null, ends: last is not null);
            await database.ExecuteAsync(
                [.. replace.Select((sql, i) => (sql, i < replace.Count - 2 ? null : Bind(after, last)))], cancellationToken);
            report(done += count);
            after = last;
        }
        while (after is not null);
        return done;
    }

    private async Task<object[]?> LastKeyAsync(object[]? after, CancellationToken cancellationToken)
    {
        if (series.Keys.Count == 0)
        {
            return null;
        }

        var keys = await database.ListAsync(
            statements.LastKey(resumes: after is not null), row => SeriesTable.Key(series, row), cancellationToken, parameters => Write(parameters, after));
        return keys.Count > 0 ? keys[0] : null;
    }

    private async Task<long> CountAsync(object[]? after, object[]? last, CancellationToken cancellationToken) =>
        (await database.ListAsync(
            statements.CountKeys(resumes: after is not null, ends: last is not null), row => row.Int64(0), cancellationToken, Bind(after, last)))[0];

    private Action<ParameterWriter> Bind(object[]? after, object[]? last) => parameters =>
    {
        Write(parameters, after);
        Write(parameters, last);
        parameters.Instant(first);
    };

    private void Write(ParameterWriter parameters, object[]? key)
    {
        for (var i = 0; i < key?.Length; i++)
        {
            StoredColumn.Write(parameters, key[i], series.Keys[i].Kind);
        }
    }
}
