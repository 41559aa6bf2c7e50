using Typed.Diagnostics;
using Typed.Storage;

namespace Typed.Hosting;

/// <summary>A store's database, each session of which waits until the store is open.</summary>
internal sealed class OpeningDatabase(Database database, StoreOpening opening) : Database
{
    public override Dialect Dialect => database.Dialect;

    public override string Address => database.Address;

    public override DatabasePlace Place => database.Place;

    public override bool ReadsBesideTheCaller => database.ReadsBesideTheCaller;

    public override string LockHint => database.LockHint;

    public override int MostWriters => database.MostWriters;

    public override ValueTask<Session> OpenReadAsync(CancellationToken cancellationToken) =>
        opening.IsOpen ? database.OpenReadAsync(cancellationToken) : OpenAsync(database.OpenReadAsync, cancellationToken);

    public override ValueTask<Session> OpenWriteAsync(CancellationToken cancellationToken) =>
        opening.IsOpen ? database.OpenWriteAsync(cancellationToken) : OpenAsync(database.OpenWriteAsync, cancellationToken);

    public override string? ConsumerObstacle => database.ConsumerObstacle;

    public override async ValueTask<Lease?> TryLeaseAsync(string name, CancellationToken cancellationToken)
    {
        await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        return await database.TryLeaseAsync(name, cancellationToken).ConfigureAwait(false);
    }

    public override async Task WatchAsync(CommitSignals signals, CancellationToken cancellationToken)
    {
        await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        await database.WatchAsync(signals, cancellationToken).ConfigureAwait(false);
    }

    public override void Announce(string table, string part) => database.Announce(table, part);

    // Where there is no database nothing was written, and there may be one within the time that a write or read has.
    public override Failure? Classify(Exception exception) => exception switch
    {
        StoreUnavailableException => Failure.Transient,

        // The spool of another database: nothing of it is given up for that.
        SpoolException => Failure.Transient,
        SchemaMismatchException => Failure.Denied,
        _ => database.Classify(exception),
    };

    public override bool IsBroken(Exception exception) => database.IsBroken(exception);

    public override bool IsBusy(Exception exception) => database.IsBusy(exception);

    public override bool HasMoved(Exception exception) => database.HasMoved(exception);

    public override TimeSpan LongestPause(Exception error) => database.LongestPause(error);

    public override void DropIdle() => database.DropIdle();

    public override ValueTask DisposeAsync() => database.DisposeAsync();

    private async ValueTask<Session> OpenAsync(Func<CancellationToken, ValueTask<Session>> open, CancellationToken cancellationToken)
    {
        await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        return await open(cancellationToken).ConfigureAwait(false);
    }
}
