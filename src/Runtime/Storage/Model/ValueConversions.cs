using System.Globalization;
using Typed.Storage.Model;

namespace Typed.Generated;

/// <summary>Conversions of values in an EF model. The code of a compiled model calls them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ValueConversions
{
    /// <summary>The id of a stored row.</summary>
    public static EventId ToEventId(Guid stored) => EventId.Stored(stored);

    /// <summary>The number that is stored.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No series holds the number.</exception>
    public static long ToInt64(ulong value) => value <= long.MaxValue ? (long)value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"Series hold no ulong beyond {long.MaxValue}: there is nothing to compare with it.");

    /// <summary>The number itself. The conversion marks a column, so that constants compared with it are written exactly.</summary>
    public static float Exact(float value) => value;

    /// <inheritdoc cref="Exact(float)"/>
    public static double Exact(double value) => value;

    /// <summary>The double with the same shortest text: JSON holds 0.1, and the exact value of 0.1f is another number.</summary>
    public static double ToDouble(float value) => double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <inheritdoc cref="ToDouble(float)"/>
    public static double ToDouble(Half value) => double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>The code of a character, as which .NET orders it; a collation of the database would order it otherwise.</summary>
    public static int ToCode(char value) => value;

    /// <summary>Refuses to convert a body that is mapped as a whole.</summary>
    /// <param name="leftOut">The members that EF cannot map, as text.</param>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public static TResult Refuse<TBody, TResult>(string? leftOut) => throw BodyInstances.Refused(typeof(TBody), leftOut);
}
