namespace Typed;

/// <summary>
/// Declares that the events of a stream feed a time series: a static method of the class makes the points of an event, and they are written in the event's
/// own transaction, each event once.
/// </summary>
/// <typeparam name="TSeries">The series: a class with <c>[TimeSeries]</c>.</typeparam>
/// <remarks>
/// The method takes the event and gives a <typeparamref name="TSeries"/>, null for no point, or an <c>IEnumerable</c> of them. A point without a time of its
/// own counts for the event's.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true)]
public sealed class FeedsAttribute<TSeries> : Attribute
{
    /// <summary>The points come from the one static method of the class that takes an event and gives points of the series.</summary>
    public FeedsAttribute()
    {
    }

    /// <summary>The points come from a method of the class.</summary>
    /// <param name="method">Its name: <c>nameof(ToPoint)</c>.</param>
    public FeedsAttribute(string method) => Method = method;

    /// <summary>The name of the method; null: the only one that fits.</summary>
    public string? Method { get; }

    /// <summary>
    /// Whether the points are written soon after the event, once for each event, by the store in the background; putting the event then costs no more than
    /// without. Needs <c>[EventStream(Follow = true)]</c>. Default: false, in the event's own transaction.
    /// </summary>
    public bool Later { get; set; }
}
