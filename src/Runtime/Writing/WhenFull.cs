namespace Typed;

/// <summary>What <c>Post</c> does while the store holds as many unwritten items as <c>Capacity</c> allows. Awaited writes always wait.</summary>
public enum WhenFull
{
    /// <summary>Waits until there is room. A caller that awaits none of its posts has no bound then: each one that waits takes memory.</summary>
    Wait,

    /// <summary>Drops the new item.</summary>
    DropNewest,

    /// <summary>Drops the oldest posted item that no flush has taken yet; where there is none, the new item.</summary>
    DropOldest,

    /// <summary>Throws <see cref="CapacityExceededException"/>.</summary>
    Throw,
}
