namespace Typed;

/// <summary>How a stream is sent to those who listen to it.</summary>
public sealed class TypedTailOptions
{
    /// <summary>The namespace of the stream.</summary>
    public string Namespace { get; set; } = "default";

    /// <summary>The key of one of several stores; null: that of <c>AddTyped</c>.</summary>
    public string? StoreKey { get; set; }

    /// <summary>Whether a listener that says no position gets the whole stream first; otherwise it gets what is committed from then on.</summary>
    public bool FromStart { get; set; }

    /// <summary>
    /// How long nothing is sent before a comment says that the connection lives: less than what a proxy on the way allows. Default: 15 seconds.
    /// </summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);
}
