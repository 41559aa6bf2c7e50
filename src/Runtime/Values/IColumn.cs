namespace Typed.Generated;

/// <summary>
/// How one .NET type is checked, compared, written and read. Closed over at compile time by emitted code, so that no value is boxed and nothing is looked up.
/// </summary>
/// <typeparam name="T">The .NET type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IColumn<T>
{
    /// <summary>The column type.</summary>
    static abstract ColumnKind Kind { get; }

    /// <summary>Reads a value; the column is not null.</summary>
    static abstract T Read(RowReader row, int ordinal);

    /// <summary>Adds the value as the next parameter.</summary>
    static abstract void Write(ParameterWriter parameters, T value);

    /// <summary>Adds all values as one array parameter.</summary>
    static abstract void WriteAll(ArrayWriter arrays, T[] values);

    /// <summary>Why the value cannot be stored, or null when it can.</summary>
    static virtual string? Refusal(T value) => null;

    /// <summary>The value as it will be read back: temporal values cut to the microsecond, decimals without trailing zeros.</summary>
    static virtual T Normalize(T value) => value;

    /// <summary>Bytes that the value takes in a key or an index.</summary>
    static abstract int SizeOf(T value);

    /// <summary>Equality as the database sees it.</summary>
    static virtual bool Equal(T left, T right) => EqualityComparer<T>.Default.Equals(left, right);

    /// <summary>A hash that agrees with <see cref="Equal"/>.</summary>
    static virtual int Hash(T value) => value is null ? 0 : EqualityComparer<T>.Default.GetHashCode(value);

    /// <summary>Order as the database sees it.</summary>
    static virtual int Compare(T left, T right) => Comparer<T>.Default.Compare(left, right);
}

/// <summary>A column whose values are added up: the totals of a Count.</summary>
/// <typeparam name="T">The .NET type of the total.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITotalColumn<T> : IColumn<T>
{
    /// <summary>Reads a sum that the database made.</summary>
    /// <exception cref="OverflowException">The sum is beyond the type.</exception>
    static abstract T ReadSum(RowReader row, int ordinal);

    /// <summary>Adds.</summary>
    /// <exception cref="OverflowException">The sum is beyond the type.</exception>
    static abstract T Add(T left, T right);
}
