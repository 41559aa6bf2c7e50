using Npgsql;
using Typed.Storage;

namespace Typed.Postgres;

/// <summary>What a batch answers about rows whose ids were given.</summary>
internal static class PostgresGivenRows
{
    /// <summary>Stands before the id in the error of a comparison.</summary>
    public const string Mark = "typed:";

    /// <summary>Runs a batch that ends with its COMMIT, or inside the caller's transaction, and tells the rows what became of them.</summary>
    /// <param name="batch">The statements.</param>
    /// <param name="hasStamp">Whether the first answer is that of the stamp.</param>
    /// <param name="tables">The tables of the batch, in its order.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async ValueTask ExecuteAsync(
        NpgsqlBatch batch, bool hasStamp, IReadOnlyList<ITableRows> tables, CancellationToken cancellationToken)
    {
        IGivenRows[] given = [.. tables.OfType<IGivenRows>()];
        var stored = Array.ConvertAll(given, rows => new bool[rows.Count]);
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = reader.ConfigureAwait(false);
        if (hasStamp)
        {
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        }

        // Each table answers with the ids that it stored, and with that of the comparison.
        for (var i = 0; i < given.Length; i++)
        {
            await ReadAsync(reader, given[i], stored[i], cancellationToken).ConfigureAwait(false);
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        }

        // Whatever comes after them, to the COMMIT, may fail too.
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        for (var i = 0; i < given.Length; i++)
        {
            given[i].Conclude(stored[i]);
        }
    }

    /// <summary>Reads ids of rows, and marks their places.</summary>
    public static async ValueTask ReadAsync(NpgsqlDataReader reader, IGivenRows rows, bool[] stored, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            stored[rows.IndexOf(reader.GetGuid(0))] = true;
        }
    }

    /// <summary>The error of a comparison, as its rows know it; null of any other error.</summary>
    public static OtherRowException? FindOther(PostgresException error, IReadOnlyList<ITableRows> tables)
    {
        if (error.SqlState != PostgresErrorCodes.InvalidTextRepresentation
            || error.MessageText.IndexOf(Mark, StringComparison.Ordinal) is not (>= 0 and var start)
            || !Guid.TryParse(error.MessageText.AsSpan(start + Mark.Length, Math.Min(36, error.MessageText.Length - start - Mark.Length)), out var id))
        {
            return null;
        }

        foreach (var rows in tables.OfType<IGivenRows>())
        {
            if (rows.IndexOf(id) is >= 0 and var row)
            {
                return new(rows, row, error);
            }
        }

        return null;
    }
}
