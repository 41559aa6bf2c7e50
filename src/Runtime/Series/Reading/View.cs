using Typed.Storage.Tables;

namespace Typed.Series;

/// <summary>One way to read an interval: its statements, and what becomes of the rows.</summary>
/// <param name="range">Bucket and payload.</param>
/// <param name="slots">Bucket, slot and payload; null where there are no slots to read.</param>
/// <param name="collapse">The payload of a whole range.</param>
/// <param name="merges">Whether the payload of a range over that many keys is merged by the database.</param>
/// <param name="payload">Makes the builder of a read.</param>
/// <param name="finish">What the length in seconds adds to a bucket's item, or null.</param>
internal sealed class View<TItem>(
    KeyedSql range, KeyedSql? slots, KeyedSql collapse, Func<int, bool> merges, Func<Payload<TItem>> payload, Func<TItem, double, TItem>? finish = null)
{
    public KeyedSql Range => range;

    public KeyedSql? Slots => slots;

    public KeyedSql Collapse => collapse;

    public Func<int, bool> Merges => merges;

    public Func<TItem, double, TItem>? Finish => finish;

    /// <summary>What a bucket without data holds, made once.</summary>
    public TItem Nothing { get; } = payload().Nothing;

    public Payload<TItem> NewPayload() => payload();
}
