namespace Typed.Generated;

/// <summary>The key members of a declared series as one value, with access to its columns. Emitted for each series.</summary>
/// <typeparam name="TSelf">The key itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISeriesKey<TSelf> : IEquatable<TSelf>, IComparable<TSelf>
    where TSelf : struct, ISeriesKey<TSelf>
{
    /// <summary>Reads the key's columns, the first of them at <paramref name="ordinal"/>.</summary>
    static abstract TSelf Read(RowReader row, int ordinal);

    /// <summary>Whether the key's columns, the first of them at <paramref name="ordinal"/>, hold a key.</summary>
    static abstract bool Matches(RowReader row, int ordinal, in TSelf key);

    /// <summary>Adds a parameter for each key column.</summary>
    static abstract void Write(ParameterWriter parameters, in TSelf key);

    /// <summary>Adds an array parameter for each key column.</summary>
    static abstract void WriteAll(ArrayWriter arrays, ReadOnlySpan<TSelf> keys);

    /// <summary>Checks the key and gives it as it will be read back.</summary>
    /// <exception cref="RejectedPointException">A member cannot be stored.</exception>
    static abstract TSelf Accept(in TSelf key);

    /// <summary>The key in a namespace, as it is stored; in none, as callers know it. Keys of series without namespaces stay as they are.</summary>
    static virtual TSelf InNamespace(in TSelf key, string? seriesNamespace) => key;

    /// <summary>The namespace that a stored key is in; null where the series has none.</summary>
    static virtual string? NamespaceOf(in TSelf key) => null;
}

/// <summary>A key whose first member is text.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITextKey;

/// <summary>The key of a series without key members: there is exactly one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NoKey : ISeriesKey<NoKey>
{
    public static NoKey Read(RowReader row, int ordinal) => default;

    public static bool Matches(RowReader row, int ordinal, in NoKey key) => true;

    public static void Write(ParameterWriter parameters, in NoKey key)
    {
        // No member, no parameter.
    }

    public static void WriteAll(ArrayWriter arrays, ReadOnlySpan<NoKey> keys)
    {
        // No member, no parameter.
    }

    public static NoKey Accept(in NoKey key) => key;

    public bool Equals(NoKey other) => true;

    public override bool Equals(object? obj) => obj is NoKey;

    public override int GetHashCode() => 0;

    public int CompareTo(NoKey other) => 0;
}
