namespace Typed.Storage.Provisioning;

/// <summary>Removes the lines of writers that are gone, when a store opens.</summary>
internal static class WriterCleaning
{
    public static async ValueTask RunAsync(Database database, Sql count, Sql delete, CancellationToken cancellationToken)
    {
        try
        {
            if (await CountAsync(database, count, cancellationToken).ConfigureAwait(false) > 0)
            {
                var session = await database.OpenWriteAsync(cancellationToken).ConfigureAwait(false);
                await using var _ = session.ConfigureAwait(false);
                await session.ExecuteAsync(delete, NoParameters.Instance, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (database.Classify(error) is not null)
        {
            // Somebody holds the write lock, or the user may not do it: some other time a store opens that can.
        }
    }

    private static async ValueTask<long> CountAsync(Database database, Sql sql, CancellationToken cancellationToken)
    {
        var session = await database.OpenReadAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = session.ConfigureAwait(false);
        var query = new NumberQuery();
        await session.ReadAsync(sql, query, cancellationToken).ConfigureAwait(false);
        return query.Result;
    }

    private sealed class NumberQuery : IRowQuery
    {
        public long Result { get; private set; }

        public void Bind(ParameterWriter parameters)
        {
        }

        public bool Row(RowReader row)
        {
            Result = row.Int64(0);
            return false;
        }
    }
}
