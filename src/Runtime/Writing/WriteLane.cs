using Typed.Diagnostics;
using Typed.Storage;
using Typed.Writing.Spool;

namespace Typed.Writing;

/// <summary>
/// Where the writes of one declared type go, for a stream in one namespace. Lanes are equal when their rows may stand in one statement, so a flush brings the
/// writes of equal lanes together.
/// </summary>
internal abstract class WriteLane
{
    // Most lanes are used with one store, so this is nearly always the right one.
    private TypeTelemetry? _telemetry;

    /// <summary>The declared type.</summary>
    public abstract Type Type { get; }

    /// <summary>The type's name, as metrics and activities carry it. A stream's namespace is no part of it: there may be any number.</summary>
    public abstract KeyValuePair<string, object?> Tag { get; }

    /// <summary>Turns writes into rows, unique and sorted by key, table by table.</summary>
    /// <param name="writes">Writes of this lane, in order of arrival.</param>
    /// <param name="now">The time by the store's clock.</param>
    /// <param name="tables">Takes the rows.</param>
    /// <exception cref="RejectedPointException">What the writes add up to cannot be stored.</exception>
    public abstract void Combine(IReadOnlyList<PendingWrite> writes, long now, List<ITableRows> tables);

    /// <summary>What counts the type's items in a store.</summary>
    public TypeTelemetry TelemetryIn(StoreTelemetry store) => _telemetry is { } known && known.Store == store ? known : _telemetry = store.Of(Type, Tag);
}

/// <summary>A lane that takes single items to be posted.</summary>
/// <typeparam name="TItem">An accepted item.</typeparam>
internal abstract class WriteLane<TItem> : WriteLane, ISpooledLane
    where TItem : struct
{
    private SpooledAs? _spooled;

    /// <summary>How its items are laid out in a spool, as lines of <c>word: value</c>.</summary>
    public abstract string SpoolLayout { get; }

    /// <summary>A hash of the item's key: items of one key are flushed in order, by one flusher.</summary>
    public abstract int HashOf(in TItem item);

    /// <summary>The item, to be kept while it waits for room: it may be in memory that its thread uses again.</summary>
    public virtual TItem Keep(in TItem item) => item;

    /// <summary>A write that takes posted items.</summary>
    public abstract PendingWrite NewPosted(StoreWriter writer);

    /// <summary>Takes an item into a write of <see cref="NewPosted"/>.</summary>
    public abstract void Append(PendingWrite posted, in TItem item);

    /// <summary>The item, with everything that is drawn for it, so that it is the same however often it is read from a spool.</summary>
    public virtual TItem Fix(in TItem item) => item;

    /// <summary>Writes the columns of an item.</summary>
    public abstract void Write(RecordWriter record, in TItem item);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public abstract TItem Read(RecordReader record);

    public abstract string? Unfit(string layout);

    public void Feed(StoreWriter writer, RecordReader record, long item) => writer.PostFed(this, Read(record), item);

    /// <summary>The lane in a store's spool. Most lanes are used with one store.</summary>
    public SpoolLane SpooledIn(StoreSpool spool) =>
        _spooled is { } known && known.Spool == spool ? known.Lane : (_spooled = new(spool, spool.LaneOf(this))).Lane;

    private sealed record SpooledAs(StoreSpool Spool, SpoolLane Lane);
}
