namespace Typed;

/// <summary>
/// Declares a time series: points of the annotated partial class, record or struct are rolled up into the buckets of one or more intervals.
/// </summary>
/// <remarks>
/// The generator adds <c>In(store)</c>, the entry to writing and reading, and a <c>Key</c> type made of the <see cref="SeriesKeyAttribute"/> members.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class TimeSeriesAttribute : Attribute
{
    /// <summary>What each bucket keeps.</summary>
    public required SeriesType Type { get; set; }

    /// <summary>
    /// The intervals, at least one, each <c>name: STEP [by RESOLUTION] [keep N] [in ZONE]</c>; for instance
    /// <c>"minute: 1m keep 240"</c> or <c>"day: daily by 1h keep 90 in Europe/Paris"</c>.
    /// STEP and RESOLUTION are a width <c>&lt;n&gt;s|m|h|d|w</c> (1 second to 36 525 days) or <c>daily|weekly|monthly|yearly</c>.
    /// </summary>
    public required string[] Intervals { get; set; }

    /// <summary>
    /// The name that tables start with. Default: the class name in snake_case. Letters, digits and underscores, starting with a letter.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// Whether the series has namespaces: closed sets of keys that nothing but <c>ExpireAsync</c> crosses, one for each tenant for instance. <c>In</c> then
    /// takes one, and the first column of the key is <c>namespace</c>.
    /// </summary>
    public bool Namespaced { get; set; }
}
