namespace Typed.Consuming;

/// <summary>The names under which feeds keep their positions among those of consumers. No consumer can have one: the slash is outside its grammar.</summary>
internal static class FeedNames
{
    private const string Start = "feeds/";

    /// <summary>What a stream feeds to a series, in all namespaces.</summary>
    public static string Of(string stream, string series) => $"{Start}{stream}/{series}";

    /// <summary>The same in one namespace: the name of a position.</summary>
    public static string Of(string stream, string series, string streamNamespace) => $"{Of(stream, series)}/{streamNamespace}";

    /// <summary>What one process at a time has for a stream.</summary>
    public static string Lease(string stream) => Start + stream;

    /// <summary>Whether a name is a feed's.</summary>
    public static bool IsOne(string? name) => name is not null && name.StartsWith(Start, StringComparison.Ordinal);
}
