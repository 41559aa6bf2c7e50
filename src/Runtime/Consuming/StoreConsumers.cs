using Typed.Consuming;
using Typed.Schema;
using Typed.Storage;
using Typed.Storage.Statements;
using Typed.Streams;
using Typed.Writing;

namespace Typed;

/// <summary>The positions of the consumers of a database: <c>store.Consumers</c>.</summary>
public sealed class StoreConsumers
{
    private static readonly Asked s_asked = new("the positions", "the consumers");

    private readonly StoreScope _scope;
    private readonly ConsumerStatements _statements;

    internal StoreConsumers(StoreScope scope, ConsumerStatements statements) => (_scope, _statements) = (scope, statements);

    /// <summary>All consumers that have a position, in ordinal order of their names.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ReadFailedException">The database refused or did not answer in time.</exception>
    public async ValueTask<IReadOnlyList<ConsumerPosition>> ListAsync(CancellationToken cancellationToken = default)
    {
        _scope.ThrowIfDisposed();
        var query = await _scope.ReadAsync(s_asked, _statements.List, static () => new ConsumerQuery(name: null), cancellationToken).ConfigureAwait(false);
        return [.. query.Found.OrderBy(one => one.Name, StringComparer.Ordinal)];
    }

    /// <summary>Moves a consumer. One that is at work goes on from there after the batch that it handles now, which is undone.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="position">The position after which it goes on.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False where there is no consumer of that name.</returns>
    /// <exception cref="InvalidOperationException">The store was opened with <c>ReadOnly()</c>.</exception>
    public ValueTask<bool> MoveAsync(string name, StreamPosition position, CancellationToken cancellationToken = default) =>
        ExecuteAsync(_statements.Move, new Texts(Check(name), position.ToString()), cancellationToken);

    /// <summary>Has a consumer handle the whole stream again: moves it to <see cref="StreamPosition.Start"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False where there is no consumer of that name.</returns>
    /// <exception cref="InvalidOperationException">The store was opened with <c>ReadOnly()</c>.</exception>
    public ValueTask<bool> ResetAsync(string name, CancellationToken cancellationToken = default) => MoveAsync(name, StreamPosition.Start, cancellationToken);

    /// <summary>Forgets a consumer that is not needed any more; one that is at work begins again where its options say.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False where there is no consumer of that name.</returns>
    /// <exception cref="InvalidOperationException">The store was opened with <c>ReadOnly()</c>.</exception>
    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken = default) =>
        ExecuteAsync(_statements.Delete, new Texts(Check(name)), cancellationToken);

    internal ConsumerStatements Statements => _statements;

    /// <summary>One consumer; null where it has no position.</summary>
    internal async ValueTask<ConsumerPosition?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var query = await _scope.ReadAsync(s_asked, _statements.Find, () => new ConsumerQuery(name), cancellationToken).ConfigureAwait(false);
        return query.Found.SingleOrDefault();
    }

    /// <summary>Adds a consumer that has no position.</summary>
    internal ValueTask<bool> CreateAsync(ConsumerPosition consumer, CancellationToken cancellationToken) => ExecuteAsync(
        _statements.Create, Values(consumer), cancellationToken);

    /// <summary>Adds consumers, unless somebody has added the first of them.</summary>
    internal async ValueTask CreateAllAsync(IReadOnlyList<ConsumerPosition> consumers, CancellationToken cancellationToken)
    {
        await _scope.RepeatAsync(
            (session, token) => session.InTransactionAsync(
                async () =>
                {
                    for (var i = 0; i < consumers.Count; i++)
                    {
                        var added = await session.ExecuteAsync(_statements.Create, Values(consumers[i]), token).ConfigureAwait(false);
                        if (i == 0 && added == 0)
                        {
                            return false;
                        }
                    }

                    return true;
                },
                token),
            Names.Consumers,
            cancellationToken).ConfigureAwait(false);
    }

    private static Texts Values(ConsumerPosition consumer) => new(consumer.Name, consumer.Stream, consumer.Namespace, consumer.Position.ToString());

    /// <summary>The positions of feeds have names of their own, which no consumer can take.</summary>
    private static string Check(string name) => FeedNames.IsOne(name) ? name : StreamNames.Check(name);

    private async ValueTask<bool> ExecuteAsync(Sql sql, IParameters parameters, CancellationToken cancellationToken)
    {
        return await _scope.RepeatAsync(
            async (session, token) => await session.ExecuteAllAsync([(sql, parameters)], token).ConfigureAwait(false) > 0,
            Names.Consumers,
            cancellationToken).ConfigureAwait(false);
    }
}
