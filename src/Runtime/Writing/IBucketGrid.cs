namespace Typed.Generated;

/// <summary>The grid of one interval, its arithmetic known at compile time. The emitted bucket structs implement it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IBucketGrid
{
    /// <summary>The start of the bucket that holds the instant; both in Unix microseconds.</summary>
    static abstract long BucketOf(long instant);

    /// <summary>The start of the slot that holds the instant; the bucket's own where the interval is coarse.</summary>
    static abstract long SlotOf(long instant);
}
