namespace Typed.Writing;

/// <summary>
/// A bucket, or a slot of it, of one key. Keys are numbered per flush, so a cell hashes and compares three integers whatever the key is made of.
/// </summary>
internal readonly struct BucketCell(int key, long bucket, long slot) : IRollupRow<BucketCell>
{
    BucketCell IRollupRow<BucketCell>.Cell => this;

    /// <summary>The key's place among the sorted keys of the flush.</summary>
    public int Key { get; } = key;

    public long Bucket { get; } = bucket;

    public long Slot { get; } = slot;

    public bool Equals(BucketCell other) => Key == other.Key && Bucket == other.Bucket && Slot == other.Slot;

    public override bool Equals(object? obj) => obj is BucketCell other && Equals(other);

    // Starts are multiples of large widths: multiplying by odd 64-bit constants brings their high bits into the low ones that pick a hash bucket.
    public override int GetHashCode()
    {
        unchecked
        {
            var hash = ((ulong)Bucket * 0x9E3779B97F4A7C15UL) ^ ((ulong)Slot * 0xC2B2AE3D27D4EB4FUL) ^ ((ulong)(uint)Key * 0x165667B19E3779F9UL);
            return (int)(hash >> 32);
        }
    }

    public int CompareTo(BucketCell other)
    {
        var order = Key.CompareTo(other.Key);
        if (order == 0)
        {
            order = Bucket.CompareTo(other.Bucket);
        }

        return order == 0 ? Slot.CompareTo(other.Slot) : order;
    }
}
