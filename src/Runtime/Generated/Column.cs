namespace Typed.Generated;

/// <summary>Gets a member of a key.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate TMember KeyMember<TKey, out TMember>(in TKey key);

/// <summary>A column's members for emitted code, which cannot call static members of an interface that have a default.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Column<T, TColumn>
    where TColumn : struct, IColumn<T>
{
    /// <inheritdoc cref="IColumn{T}.Read"/>
    public static T Read(RowReader row, int ordinal) => TColumn.Read(row, ordinal);

    /// <summary>Whether a column holds a value.</summary>
    public static bool Holds(RowReader row, int ordinal, T value) =>
        typeof(TColumn) == typeof(TextColumn) ? row.IsText(ordinal, (string)(object)value!) : TColumn.Equal(TColumn.Read(row, ordinal), value);

    /// <inheritdoc cref="IColumn{T}.Write"/>
    public static void Write(ParameterWriter parameters, T value) => TColumn.Write(parameters, value);

    /// <summary>Adds one member of all keys as an array parameter.</summary>
    public static void WriteAll<TKey>(ArrayWriter arrays, ReadOnlySpan<TKey> keys, KeyMember<TKey, T> member)
    {
        var values = new T[keys.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = member(in keys[i]);
        }

        TColumn.WriteAll(arrays, values);
    }

    /// <inheritdoc cref="IColumn{T}.Equal"/>
    public static bool Equal(T left, T right) => TColumn.Equal(left, right);

    /// <inheritdoc cref="IColumn{T}.Hash"/>
    public static int Hash(T value) => TColumn.Hash(value);

    /// <inheritdoc cref="IColumn{T}.Compare"/>
    public static int Compare(T left, T right) => TColumn.Compare(left, right);
}
