using System.Transactions;
using Typed.Storage;
using Typed.Storage.Provisioning;
using Typed.Storage.Statements;
using Typed.Writing;

namespace Typed.Hosting;

/// <summary>Opens the database of a store: creates what is missing, checks what is there, and removes the lines of writers that are gone.</summary>
internal sealed class DatabaseOpening(Database database, Provisioner provisioner, WriterStatements writers)
{
    /// <summary>How long the locks of others are waited for.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly RetryPolicy _retry = new(database);

    /// <summary>Whether nothing may be written.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Whether the options say that what is transient is tried again (<c>EnableRetryOnFailure</c>).</summary>
    public bool RetriesOnFailure { get; init; }

    /// <summary>The store's spool, which has to belong to this database; null where there is none.</summary>
    public StoreSpool? Spool { get; set; }

    /// <summary>Notes where what is fed later begins; null where nothing is.</summary>
    public Func<CancellationToken, ValueTask>? PrepareFeeding { get; set; }

    /// <exception cref="StoreUnavailableException">There is no database at the address, or it is locked.</exception>
    /// <exception cref="SchemaMismatchException">A declaration does not fit the data that is stored, or a store for reading lacks tables.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Tables are made outside a transaction of the caller, which may be rolled back.
            using var outside = new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
            await ProvisionAsync(cancellationToken).ConfigureAwait(false);
            if (!IsReadOnly)
            {
                await WriterCleaning.RunAsync(database, writers.CountGone, writers.DeleteGone, cancellationToken).ConfigureAwait(false);
            }

            if (Spool is { } spool)
            {
                await spool.BindAsync(database, cancellationToken).ConfigureAwait(false);
            }

            if (PrepareFeeding is { } prepare)
            {
                await prepare(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is ReadFailedException || database.Classify(error) is not null)
        {
            throw Unavailable(error);
        }
    }

    private async ValueTask ProvisionAsync(CancellationToken cancellationToken)
    {
        using var deadline = RetryPolicy.Within(s_patience, cancellationToken);
        Exception? last = null;
        try
        {
            await _retry.RunAsync(
                async token =>
                {
                    await provisioner.RunAsync(database, token).ConfigureAwait(false);
                    return true;
                },
                MayPass,
                deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException canceled) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unavailable(last ?? new TimeoutException("it gave no answer, or others hold its locks.", canceled));
        }

        bool MayPass(Exception error)
        {
            // The connections of a pool that the caller brings may have broken long ago.
            var isBroken = last is null && database.IsBroken(error);
            if (isBroken)
            {
                database.DropIdle();
            }

            last = error;
            return isBroken || database.IsBusy(error) || (RetriesOnFailure && database.Classify(error) is Failure.Transient or Failure.OutcomeUnknown);
        }
    }

    private StoreUnavailableException Unavailable(Exception error) => new($"{database.Address} cannot be opened: {error.Message}", error);
}
