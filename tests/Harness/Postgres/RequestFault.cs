namespace Typed.Tests.Harness.Postgres;

/// <summary>What happens to a request on its way through a <see cref="BreakableProxy"/>.</summary>
internal enum RequestFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It waits a little.</summary>
    Delay,

    /// <summary>It never reaches the server, and the connection ends.</summary>
    Cut,

    /// <summary>The server does it, and the connection ends without an answer.</summary>
    LoseReply,

    /// <summary>The client's connection is reset, and the server gets the request later.</summary>
    Late,
}

/// <summary>A <see cref="RequestFault"/> that a test asks for.</summary>
public enum ProxyFault
{
    /// <inheritdoc cref="RequestFault.Cut"/>
    Cut = RequestFault.Cut,

    /// <inheritdoc cref="RequestFault.LoseReply"/>
    LoseReply = RequestFault.LoseReply,

    /// <inheritdoc cref="RequestFault.Late"/>
    Late = RequestFault.Late,
}
