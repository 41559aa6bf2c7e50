using Microsoft.Extensions.Logging;

namespace Typed.AspNetCore;

/// <summary>What a tail says in the log.</summary>
internal static partial class TailLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "An event of the stream {Stream} cannot be read, and a tail goes on without it.")]
    public static partial void Unreadable(ILogger logger, string stream, Exception failure);
}
