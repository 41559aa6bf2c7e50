namespace Typed;

/// <summary>A point or an event that was accepted and not written: refused by the database, or left when its store was disposed.</summary>
public abstract class UnwrittenItem
{
    private protected UnwrittenItem(Type type, DateTimeOffset time, Exception error, bool mayBeWritten) =>
        (Type, Time, Error, MayBeWritten) = (type, time, error, mayBeWritten);

    /// <summary>The declared type.</summary>
    public Type Type { get; }

    /// <summary>The item's time.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The key or the id, for the log.</summary>
    internal abstract object? Identity { get; }

    /// <summary>Why it was not written.</summary>
    public Exception Error { get; }

    /// <summary>
    /// Whether the item may have been written all the same, because the connection broke at the wrong moment. Writing it again could count it twice.
    /// </summary>
    public bool MayBeWritten { get; }
}

/// <summary>A point that was accepted and not written.</summary>
/// <typeparam name="TKey">The key of its series.</typeparam>
/// <typeparam name="TValue">Its value.</typeparam>
public sealed class UnwrittenPoint<TKey, TValue> : UnwrittenItem
{
    internal UnwrittenPoint(Type type, TKey key, TValue value, DateTimeOffset time, Exception error, bool mayBeWritten)
        : base(type, time, error, mayBeWritten) => (Key, Value) = (key, value);

    /// <summary>Its key.</summary>
    public TKey Key { get; }

    /// <summary>The namespace that it was for; null where its series has none.</summary>
    public string? Namespace { get; internal init; }

    /// <summary>Its value.</summary>
    public TValue Value { get; }

    internal override object? Identity => Key;

    /// <summary>How many points it stands for.</summary>
    public long Count { get; internal init; } = 1;

    /// <summary>The type, the key, the value and the time.</summary>
    public override string ToString() => FormattableString.Invariant($"{Type.Name} {Key} = {Value} at {Time:O}");
}
