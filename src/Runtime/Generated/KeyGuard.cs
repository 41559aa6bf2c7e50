using System.Globalization;

namespace Typed.Generated;

/// <summary>Checks the members of a key. Emitted keys call it member by member.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct KeyGuard
{
    /// <summary>Keys are the start of every primary key: with a value of 1 024 bytes they still fit an index page.</summary>
    private const int MaxBytes = 512;

    private int _bytes;

    /// <summary>Checks a member and gives it as it will be read back.</summary>
    /// <exception cref="RejectedPointException">The member cannot be stored, or the key is too long with it.</exception>
    public T Accept<T, TColumn>(T value, string member)
        where TColumn : struct, IColumn<T>
    {
        if (TColumn.Refusal(value) is { } reason)
        {
            throw new RejectedPointException(member, reason);
        }

        _bytes += TColumn.SizeOf(value);
        return _bytes <= MaxBytes
            ? TColumn.Normalize(value)
            : throw new RejectedPointException(
                member, string.Create(CultureInfo.InvariantCulture,
                    $"the key takes {_bytes} bytes of UTF-8 up to this member; all members together take at most {MaxBytes}"));
    }
}
