namespace Typed.Storage;

/// <summary>A connection in use: runs statements with typed parameters and rows.</summary>
internal abstract class Session : IAsyncDisposable
{
    /// <summary>Runs a query and hands its rows to <see cref="IRowQuery.Row"/> until that returns false.</summary>
    public abstract ValueTask ReadAsync(Sql sql, IRowQuery query, CancellationToken cancellationToken);

    /// <summary>Runs a statement and gives the number of rows it changed.</summary>
    public abstract ValueTask<long> ExecuteAsync(Sql sql, IParameters parameters, CancellationToken cancellationToken);

    /// <summary>
    /// Waits for what the next write needs before anything of it can be written, where the engine can tell: what fails until then has written nothing.
    /// </summary>
    public virtual void Lock()
    {
    }

    /// <summary>Writes the rows in one transaction, or inside the caller's where the session belongs to one.</summary>
    /// <param name="stamp">The writer's sequence, moved forward in the same transaction; null when the caller's transaction decides.</param>
    /// <param name="tables">The rows, in order of table name.</param>
    /// <param name="late">Gives the rows that are known once those are stored and the rows with given ids were told; null where there are none.</param>
    /// <param name="mayBeApplied">Whether an earlier attempt with this stamp may have been committed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False: an earlier attempt with this stamp was committed, and this one changed nothing.</returns>
    public abstract ValueTask<bool> ApplyAsync(
        WriterStamp? stamp, IReadOnlyList<ITableRows> tables, Func<IReadOnlyList<ITableRows>>? late, bool mayBeApplied, CancellationToken cancellationToken);

    /// <summary>Writes the rows in one transaction with a statement that decides whether they are written.</summary>
    /// <param name="first">Where it changes nothing, nothing is written.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="tables">The rows, in order of table name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether they were written.</returns>
    public ValueTask<bool> ApplyAfterAsync(Sql first, IParameters parameters, IReadOnlyList<ITableRows> tables, CancellationToken cancellationToken) =>
        InTransactionAsync(
            async () => await ExecuteAsync(first, parameters, cancellationToken).ConfigureAwait(false) > 0
                && (tables.Count == 0
                    || await ApplyAsync(stamp: null, tables, late: null, mayBeApplied: false, cancellationToken).ConfigureAwait(false)),
            cancellationToken);

    /// <summary>
    /// Finds out which rows an attempt stored that was committed without an answer, after <see cref="ApplyAsync"/> said so, and tells those that were given.
    /// </summary>
    /// <param name="stamp">The stamp of the attempt, whose writer has moved no further.</param>
    /// <param name="tables">Its rows.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public abstract ValueTask RecallAsync(WriterStamp stamp, IReadOnlyList<ITableRows> tables, CancellationToken cancellationToken);

    /// <summary>Where its work is done, so that another session can end it; null where nothing is left behind when it is given up.</summary>
    public virtual SessionPlace? Place => null;

    /// <summary>Ends what a session that was given up has left behind, where that waits for a request of which the rest may never come.</summary>
    public virtual ValueTask EndAsync(SessionPlace place, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Runs statements in one transaction and gives the number of rows they changed.</summary>
    public abstract ValueTask<long> ExecuteAllAsync(IReadOnlyList<(Sql Sql, IParameters Parameters)> statements, CancellationToken cancellationToken);

    /// <summary>Runs work in a transaction of the session's own, which is undone where the work fails.</summary>
    public abstract ValueTask<T> InTransactionAsync<T>(Func<ValueTask<T>> work, CancellationToken cancellationToken);

    /// <summary>Runs a statement that does not come again, so that the session keeps nothing of it.</summary>
    public abstract ValueTask ExecuteOnceAsync(string sql, CancellationToken cancellationToken);

    /// <summary>Keeps a flush from being applied, unless it has been; however often it is called, and whatever became of earlier calls.</summary>
    /// <param name="fence">Moves a writer's sequence past a number that has not been applied.</param>
    /// <param name="sequence">Reads a writer's sequence.</param>
    /// <param name="stamp">The flush's.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether the flush has been applied.</returns>
    public virtual async ValueTask<bool> FenceAsync(Sql fence, Sql sequence, WriterStamp stamp, CancellationToken cancellationToken)
    {
        // The number that follows is the fence's own. A flush that was applied has left its number, and one that was not has left none.
        var next = new StampParameters(stamp with { Sequence = stamp.Sequence + 1 });
        await ExecuteAllAsync([(fence, next)], cancellationToken).ConfigureAwait(false);
        var query = new SequenceQuery(stamp.Writer);
        await ReadAsync(sequence, query, cancellationToken).ConfigureAwait(false);
        return query.Sequence == stamp.Sequence;
    }

    public abstract ValueTask DisposeAsync();
}

/// <summary>The parameters of one statement.</summary>
internal interface IParameters
{
    void Bind(ParameterWriter parameters);
}

/// <summary>A query: its parameters, and the receiver of its rows.</summary>
internal interface IRowQuery : IParameters
{
    /// <summary>Takes a row; false where no more rows are wanted.</summary>
    bool Row(RowReader row);

    /// <summary>Whether, after <see cref="Row"/> returned false, so many rows may be left that the query should be cancelled.</summary>
    bool LeavesMuch => false;
}

/// <summary>Rows in memory for one table, unique and sorted by key.</summary>
internal interface ITableRows
{
    /// <summary>The table that the rows go into; flushes take tables in order of name.</summary>
    WriteTable Table { get; }

    /// <summary>Which part of the table the rows belong to; of rows of one table, flushes take parts in this order.</summary>
    string Part => string.Empty;

    int Count { get; }

    /// <summary>Whether the rows are certainly new, so that they may be loaded in bulk.</summary>
    bool AreNew { get; }

    /// <summary>Says in words what the rows add to, for the error of a total that leaves its type; null where they add nothing.</summary>
    string? Added { get; }

    /// <summary>Binds all rows: columns as arrays.</summary>
    void WriteAll(ParameterWriter parameters, ArrayWriter arrays);

    /// <summary>Binds one row.</summary>
    void WriteRow(ParameterWriter parameters, int row);
}

/// <summary>Rows that can be listed by their ids.</summary>
internal interface IListedRows : ITableRows
{
    /// <summary>The ids, in the order of the rows.</summary>
    ReadOnlySpan<Guid> Ids { get; }
}

/// <summary>Rows under ids that their caller gave, so that they may be stored already: then they have to be the same.</summary>
internal interface IGivenRows : ITableRows
{
    /// <summary>The place of an id.</summary>
    int IndexOf(Guid id);

    /// <summary>Binds what all rows share and their ids.</summary>
    void WriteIds(ParameterWriter parameters, ArrayWriter arrays);

    /// <summary>Says for each row whether the transaction stored it; called again, of a later attempt, it replaces what was said.</summary>
    void Conclude(IReadOnlyList<bool> stored);

    /// <summary>The error of a row whose id has another row in the table.</summary>
    Exception Refusal(int row, Exception? inner);
}

/// <summary>A writer's identity and the number of its flush.</summary>
/// <param name="Writer">The writer.</param>
/// <param name="Sequence">The number.</param>
/// <param name="LockWait">How long a statement of the flush may wait for a lock, where the engine has row locks.</param>
internal readonly record struct WriterStamp(Guid Writer, long Sequence, TimeSpan LockWait);
