using Microsoft.EntityFrameworkCore;
using Typed.Streams;

namespace Typed;

/// <summary>How a consumer goes about its work.</summary>
/// <typeparam name="TBody">The declared class.</typeparam>
public sealed class ConsumerOptions<TBody>
{
    /// <summary>The namespace that is followed. Default: <c>default</c>.</summary>
    /// <exception cref="ArgumentException">Outside the grammar of namespaces.</exception>
    public string Namespace
    {
        get;
        set => field = StreamNames.Check(value);
    }
    = StreamNames.DefaultNamespace;

    /// <summary>Where a consumer begins that has no position in the database yet. Default: <see cref="StreamPosition.Start"/>.</summary>
    public StreamPosition From { get; set; }

    /// <summary>The most events of a batch, 1 to 5 000. Default: 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to 5 000.</exception>
    public int BatchSize
    {
        get;
        set => field = value is >= 1 and <= 5_000 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "BatchSize is 1 to 5 000.");
    }
    = 100;

    /// <summary>
    /// How often the handler gets events on which it fails, 1 or more: a batch first, then each of its events alone. Errors of the database that pass by
    /// themselves do not count. Default: 5.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Attempts
    {
        get;
        set => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Attempts is 1 or more.");
    }
    = 5;

    /// <summary>The longest pause after an error, more than zero and at most a day; pauses begin at 50 ms and double. Default: 30 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not more than zero, or more than a day.</exception>
    public TimeSpan LongestPause
    {
        get;
        set => field = value > TimeSpan.Zero && value <= TimeSpan.FromDays(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "LongestPause is more than zero and at most a day.");
    }
    = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Takes an event that failed alone <see cref="Attempts"/> times, or that its class cannot read, and the consumer goes on after it. Default: null; the
    /// consumer then goes on trying, so that nothing is left out, and the health check says so.
    /// </summary>
    public Func<PoisonedEvent<TBody>, CancellationToken, ValueTask>? OnPoison { get; set; }

    /// <summary>
    /// Makes the contexts that handlers work in, on the store's database; the consumer disposes them. Default: the store's own; in a host, those that are
    /// registered where the store is built on an application's context.
    /// </summary>
    public Func<DbContext>? CreateContext { get; set; }
}
