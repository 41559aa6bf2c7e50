using Typed.Diagnostics;
using Typed.Storage;

namespace Typed.Runtime.Tests.Writing.Simulation;

/// <summary>A database in memory that keeps what real ones keep (a sequence per writer, the rows in order of commit) and fails as it is told.</summary>
internal sealed class SimulatedDatabase : Database
{
    private static readonly TimeSpan s_late = TimeSpan.FromMilliseconds(60);

    private readonly Lock _sync = new();
    private readonly Dictionary<Guid, long> _sequences = [];
    private readonly List<Item> _rows = [];
    private readonly HashSet<string> _locked = [];
    private readonly List<Task> _late = [];

    /// <summary>Chooses what becomes of the next attempt.</summary>
    public Func<SimulatedFault> Next { get; set; } = static () => SimulatedFault.None;

    /// <summary>Whether the database refuses an item.</summary>
    public Func<Item, bool> Refuses { get; set; } = static _ => false;

    /// <summary>The table that does not exist.</summary>
    public string? Missing { get; set; }

    /// <summary>How long a commit takes.</summary>
    public TimeSpan Pace { get; set; }

    /// <summary>What a commit of items waits for, beside locks.</summary>
    public Func<IReadOnlyList<Item>, Task> Hold { get; set; } = static _ => Task.CompletedTask;

    public int Attempts { get; private set; }

    public override Dialect Dialect => throw new NotSupportedException();

    public override DatabasePlace Place { get; } = new("simulated", "memory");

    public override string Address => "the simulation";

    /// <summary>What is stored, in order of commit.</summary>
    public IReadOnlyList<Item> Rows
    {
        get
        {
            lock (_sync)
            {
                return [.. _rows];
            }
        }
    }

    public void Lock(string key)
    {
        lock (_sync)
        {
            _locked.Add(key);
        }
    }

    public void Unlock(string key)
    {
        lock (_sync)
        {
            _locked.Remove(key);
        }
    }

    /// <summary>Waits for requests that are on their way.</summary>
    public Task SettleAsync()
    {
        lock (_sync)
        {
            return Task.WhenAll(_late);
        }
    }

    public override ValueTask<Session> OpenReadAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public override async ValueTask<Session> OpenWriteAsync(CancellationToken cancellationToken)
    {
        SimulatedFault fault;
        lock (_sync)
        {
            fault = Next();
            Attempts++;
        }

        if (fault == SimulatedFault.NoConnection)
        {
            throw new SimulatedException(Failure.Transient);
        }

        if (fault == SimulatedFault.SlowConnection)
        {
            // As a driver that does not listen.
            await Task.Delay(Random.Shared.Next(80, 130), CancellationToken.None).ConfigureAwait(false);
        }

        return new SimulatedSession(this, fault);
    }

    public override Failure? Classify(Exception exception) => exception is SimulatedException simulated ? simulated.Failure : null;

    public override ValueTask DisposeAsync() => default;

    private async ValueTask<bool> ApplyAsync(SimulatedFault fault, WriterStamp stamp, IReadOnlyList<ITableRows> tables, bool mayBeApplied)
    {
        await Task.Yield();
        switch (fault)
        {
            case SimulatedFault.BreakBefore:
                throw new SimulatedException(Failure.OutcomeUnknown);
            case SimulatedFault.StrangeBefore:
                throw new InvalidOperationException("strange");
            case SimulatedFault.Undone:
                throw new SimulatedException(Failure.Transient);
            case SimulatedFault.Late:
                Later(stamp, tables);
                throw new SimulatedException(Failure.OutcomeUnknown);
        }

        await WaitForLocksAsync(stamp.LockWait, tables).ConfigureAwait(false);
        if (Pace > TimeSpan.Zero)
        {
            await Task.Delay(Pace).ConfigureAwait(false);
        }

        await Hold([.. tables.Cast<SimulatedRows>().SelectMany(rows => rows.Items)]).ConfigureAwait(false);
        var isNew = Commit(stamp, tables);
        switch (fault)
        {
            case SimulatedFault.BreakAfter:
                throw new SimulatedException(Failure.OutcomeUnknown);
            case SimulatedFault.StrangeAfter:
                throw new InvalidOperationException("strange");
            case SimulatedFault.Silent:
                await Task.Delay(200).ConfigureAwait(false);
                break;
        }

        return isNew || (mayBeApplied ? false : throw new SimulatedException(Failure.Refused));
    }

    private async ValueTask<bool> FenceAsync(SimulatedFault fault, WriterStamp stamp)
    {
        await Task.Yield();
        if (fault is SimulatedFault.BreakBefore or SimulatedFault.StrangeBefore or SimulatedFault.Undone or SimulatedFault.Late)
        {
            throw new SimulatedException(Failure.OutcomeUnknown);
        }

        bool isApplied;
        lock (_sync)
        {
            if (_sequences.GetValueOrDefault(stamp.Writer) < stamp.Sequence)
            {
                _sequences[stamp.Writer] = stamp.Sequence + 1;
            }

            isApplied = _sequences[stamp.Writer] == stamp.Sequence;
        }

        if (fault == SimulatedFault.Silent)
        {
            await Task.Delay(200).ConfigureAwait(false);
        }

        return fault is SimulatedFault.BreakAfter or SimulatedFault.StrangeAfter ? throw new SimulatedException(Failure.OutcomeUnknown) : isApplied;
    }

    private void Later(WriterStamp stamp, IReadOnlyList<ITableRows> tables)
    {
        var arriving = Task.Run(async () =>
        {
            await Task.Delay(s_late * Random.Shared.NextDouble()).ConfigureAwait(false);
            try
            {
                Commit(stamp, tables);
            }
            catch (SimulatedException)
            {
                // Nobody hears of it.
            }
        });
        lock (_sync)
        {
            _late.Add(arriving);
        }
    }

    private async Task WaitForLocksAsync(TimeSpan wait, IReadOnlyList<ITableRows> tables)
    {
        for (var waited = TimeSpan.Zero; IsLocked(); waited += TimeSpan.FromMilliseconds(5))
        {
            if (waited >= wait)
            {
                throw new SimulatedException(Failure.Locked);
            }

            await Task.Delay(5).ConfigureAwait(false);
        }

        bool IsLocked()
        {
            lock (_sync)
            {
                return tables.Any(table => _locked.Contains(table.Table.Name) || ((SimulatedRows)table).Items.Any(item => _locked.Contains(item.Key)));
            }
        }
    }

    /// <summary>Whether the number was new.</summary>
    private bool Commit(WriterStamp stamp, IReadOnlyList<ITableRows> tables)
    {
        lock (_sync)
        {
            if (_sequences.GetValueOrDefault(stamp.Writer) >= stamp.Sequence)
            {
                return false;
            }

            var items = tables.Cast<SimulatedRows>().SelectMany(rows => rows.Items).ToArray();
            if (tables.Any(table => table.Table.Name == Missing))
            {
                throw new SimulatedException(Failure.Denied);
            }

            if (Array.Exists(items, item => Refuses(item)))
            {
                throw new SimulatedException(Failure.Refused);
            }

            _sequences[stamp.Writer] = stamp.Sequence;
            _rows.AddRange(items);
            return true;
        }
    }

    private sealed class SimulatedSession(SimulatedDatabase database, SimulatedFault fault) : Session
    {
        public override ValueTask ReadAsync(Sql sql, IRowQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask<long> ExecuteAsync(Sql sql, IParameters parameters, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask<bool> ApplyAsync(
            WriterStamp? stamp, IReadOnlyList<ITableRows> tables, Func<IReadOnlyList<ITableRows>>? late, bool mayBeApplied, CancellationToken cancellationToken) =>
            database.ApplyAsync(fault, stamp!.Value, tables, mayBeApplied);

        // The simulated rows have no given ids.
        public override ValueTask RecallAsync(WriterStamp stamp, IReadOnlyList<ITableRows> tables, CancellationToken cancellationToken) => default;

        public override ValueTask<long> ExecuteAllAsync(IReadOnlyList<(Sql Sql, IParameters Parameters)> statements, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override ValueTask<T> InTransactionAsync<T>(Func<ValueTask<T>> work, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask ExecuteOnceAsync(string sql, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask<bool> FenceAsync(Sql fence, Sql sequence, WriterStamp stamp, CancellationToken cancellationToken) =>
            database.FenceAsync(fault, stamp);

        public override ValueTask DisposeAsync() => default;
    }
}

#pragma warning disable CA1032, CA1064 // of the simulation alone
internal sealed class SimulatedException(Failure failure) : Exception(failure.ToString())
#pragma warning restore CA1032, CA1064
{
    public Failure Failure => failure;
}
