using Microsoft.Extensions.Logging;

namespace Typed.Diagnostics;

/// <summary>Every message that a store logs. docs/observability.md lists them.</summary>
internal static partial class StoreEvents
{
    [LoggerMessage(100, LogLevel.Information, "Opened {Database}.")]
    public static partial void StoreOpened(ILogger logger, string database);

    [LoggerMessage(101, LogLevel.Error, "{Database} was closed with {Count} posted items that are not written; the exception carries them. {Reason}")]
    public static partial void ItemsUnwritten(ILogger logger, string database, int count, string reason);

    [LoggerMessage(102, LogLevel.Error, "{Database} could not be opened, and is tried again at the next use: {Reason}")]
    public static partial void OpenFailed(ILogger logger, string database, string reason, Exception exception);

    [LoggerMessage(103, LogLevel.Warning, "{Database}: what is past its retention was not removed; the next try is after ExpireEvery: {Reason}")]
    public static partial void ExpiryFailed(ILogger logger, string database, string reason, Exception exception);

    [LoggerMessage(110, LogLevel.Warning, "{Database}: the consumer {Consumer} failed {Count} times in a row, and tries again: {Reason}")]
    public static partial void ConsumerFailed(ILogger logger, string database, string consumer, long count, string reason, Exception exception);

    [LoggerMessage(111, LogLevel.Error, "{Database}: the consumer {Consumer} could not handle the event {Event}, which OnPoison took: {Reason}")]
    public static partial void EventPoisoned(ILogger logger, string database, string consumer, object @event, string reason, Exception exception);

    [LoggerMessage(112, LogLevel.Error, "{Database}: {Consumer} goes on without the points of the event {Event}, which cannot be stored: {Reason}")]
    public static partial void EventUnfed(ILogger logger, string database, string consumer, object @event, string reason, Exception exception);

    [LoggerMessage(200, LogLevel.Warning, "{Database}: {Count} attempts to write failed and are made again: {Reason}")]
    public static partial void FlushRetried(ILogger logger, string database, long count, string reason, Exception? exception);

    [LoggerMessage(201, LogLevel.Information, "{Database}: a flush was written with attempt {Attempt}, after {Seconds:0.0} s.")]
    public static partial void FlushRecovered(ILogger logger, string database, int attempt, double seconds);

    [LoggerMessage(202, LogLevel.Warning, "{Database}: {Count} flushes were split, to write what can be written: {Reason}")]
    public static partial void FlushSplit(ILogger logger, string database, long count, string reason);

    [LoggerMessage(203, LogLevel.Warning, "{Database}: a flush of {Rows} rows took {Seconds:0.0} s and {Attempts} attempts.")]
    public static partial void FlushSlow(ILogger logger, string database, int rows, double seconds, int attempts);

    [LoggerMessage(210, LogLevel.Warning, "{Database}: a write of {Type} waits for a lock that somebody else holds; others of its keys wait with it.")]
    public static partial void DetourOpened(ILogger logger, string database, string type);

    [LoggerMessage(211, LogLevel.Information, "{Database}: writes that waited for a lock are done.")]
    public static partial void DetourClosed(ILogger logger, string database);

    /// <summary>Logged as a warning where <c>OnRejected</c> takes the item, and as an error where it is lost.</summary>
    [LoggerMessage(EventId = 300, Message = "{Database} refused {Type} {Key}: {Reason}", SkipEnabledCheck = true)]
    public static partial void ItemRejected(ILogger logger, LogLevel level, string database, string type, object? key, string reason, Exception exception);

    [LoggerMessage(301, LogLevel.Error, "{Database} refused {Count} more items.")]
    public static partial void MoreItemsRejected(ILogger logger, string database, long count);

    [LoggerMessage(302, LogLevel.Warning, "{Database}: {Count} posted items were dropped, because the store is full (Capacity, WhenFull).")]
    public static partial void ItemsDropped(ILogger logger, string database, long count);

    [LoggerMessage(303, LogLevel.Error, "{Database}: OnRejected threw on an item of {Type}; the store goes on.")]
    public static partial void HandlerFailed(ILogger logger, string database, string type, Exception exception);

    [LoggerMessage(400, LogLevel.Information, "{Database}: the spool {Folder} holds {Count} items of an earlier run, which are sent now.")]
    public static partial void SpoolFound(ILogger logger, string database, string folder, long count);

    [LoggerMessage(401, LogLevel.Warning, "{Database}: the end of the spool {Folder} was torn, as a loss of power leaves it, and was cut off.")]
    public static partial void SpoolTorn(ILogger logger, string database, string folder);

    [LoggerMessage(402, LogLevel.Error, "{Database}: the spool {Folder} cannot be read on; what is in it stays there: {Reason}")]
    public static partial void SpoolFailed(ILogger logger, string database, string folder, string reason, Exception exception);

    [LoggerMessage(403, LogLevel.Error, "{Database}: {Count} items of the spool {Folder} cannot be written and were set aside, in {File}.")]
    public static partial void SpoolSetAside(ILogger logger, string database, string folder, int count, string file);

    [LoggerMessage(404, LogLevel.Warning, "{Database} was closed with {Count} posted items in the spool {Folder}; the next store that has it sends them.")]
    public static partial void SpoolKeeps(ILogger logger, string database, string folder, long count);
}
