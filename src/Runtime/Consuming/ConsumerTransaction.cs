using Microsoft.EntityFrameworkCore;
using Typed.Storage.Statements;

namespace Typed.Consuming;

/// <summary>Does work in a transaction that also moves a consumer's position.</summary>
internal sealed class ConsumerTransaction(string name, ConsumerStatements statements, Func<ConsumerScope> open)
{
    private bool? _retries;

    /// <summary>Does the work once. False: the consumer does not stand where it was expected any more, and nothing was done.</summary>
    public async Task<bool> RunAsync(
        StreamPosition from, StreamPosition to, Func<ConsumerScope, CancellationToken, ValueTask> work, CancellationToken cancellationToken)
    {
        if (_retries == false)
        {
            return await RunOnceAsync(from, to, work, cancellationToken).ConfigureAwait(false);
        }

        // An execution strategy of the options, such as EnableRetryOnFailure, insists on running the retries itself; each has a context of its own, since
        // what a
        // failed one tracked would be saved again.
        var scope = open();
        await using var _ = scope.ConfigureAwait(false);
        var strategy = scope.Context.Database.CreateExecutionStrategy();
        _retries = strategy.RetriesOnFailure;
        return await strategy.ExecuteAsync(
            (Self: this, From: from, To: to, Work: work),
            static (_, given, token) => given.Self.RunOnceAsync(given.From, given.To, given.Work, token),
            verifySucceeded: null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> RunOnceAsync(
        StreamPosition from, StreamPosition to, Func<ConsumerScope, CancellationToken, ValueTask> work, CancellationToken cancellationToken)
    {
        var scope = open();
        await using var _ = scope.ConfigureAwait(false);
        var transaction = await scope.Context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = transaction.ConfigureAwait(false);
        if (!await AdvanceAsync(scope.Context, from, to, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        await work(scope, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>First of all, since the row's lock makes another process wait that believes to be the one.</summary>
    private async ValueTask<bool> AdvanceAsync(DbContext context, StreamPosition from, StreamPosition to, CancellationToken cancellationToken)
    {
        var database = EngineRegistry.Find(context).OpenContext(context);
        var session = await database.OpenWriteAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = session.ConfigureAwait(false);
        return await session.ExecuteAsync(statements.Advance, new Texts(name, to.ToString(), from.ToString()), cancellationToken).ConfigureAwait(false) > 0;
    }
}
