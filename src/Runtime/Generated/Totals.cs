using System.Globalization;

namespace Typed.Generated;

/// <summary>Values of a Count on their way to its total.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Totals
{
    /// <summary>The value as a long.</summary>
    /// <exception cref="RejectedPointException">It is beyond <see cref="long"/>.</exception>
    public static long Narrow(ulong value, string member) => value <= long.MaxValue
        ? (long)value
        : throw new RejectedPointException(member,
            string.Create(CultureInfo.InvariantCulture, $"{value} is beyond {long.MaxValue}, the largest total of integers"));
}
