namespace Typed;

/// <summary>
/// Marks a member that names the stat a point belongs to. Several members together form the key, in order of declaration;
/// without any, the series is one stat. At most 512 bytes of UTF-8, all members together.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class SeriesKeyAttribute : Attribute;

/// <summary>Marks the member that holds a point's value. Required, except for <see cref="SeriesType.Count"/>, where each point then adds 1.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class SeriesValueAttribute : Attribute
{
    /// <summary>
    /// The significant digits that a <see cref="SeriesType.Histogram"/> of <see cref="float"/>, <see cref="double"/> or <see cref="decimal"/> keeps of a
    /// value, 1 to 15; half is rounded away from zero. With 2, a bucket has hundreds of rows and not one per value. Default: all.
    /// </summary>
    public int Digits { get; set; }
}

/// <summary>
/// Marks the member that holds a point's time: <see cref="DateTimeOffset"/> or <see cref="DateTime"/> in UTC, also nullable.
/// Without it, or where it is null, the insert's <c>at</c> counts, and without that the store's <see cref="TimeProvider"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class SeriesTimeAttribute : Attribute;
