namespace Typed.Writing;

/// <summary>How a store's writer behaves. The public options say what each one means.</summary>
internal sealed record WriteOptions
{
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    public int BatchSize { get; init; } = 5_000;

    public int Capacity { get; init; } = 100_000;

    public WhenFull WhenFull { get; init; }

    public int Writers { get; init; } = 1;

    public Action<UnwrittenItem>? OnRejected { get; init; }

    /// <summary>What else is to be said of an error of the database that concerns a table; null: nothing.</summary>
    public Func<Exception, string?> Advice { get; init; } = static _ => null;
}
