using System.Buffers.Text;
using System.Globalization;

namespace Typed.Values;

/// <summary>Numbers to so many significant decimal digits, half away from zero, as decided on the shortest decimal form of the number.</summary>
internal static class SignificantDigits
{
    private const int MaxScale = 28;

    // Powers of ten that a double holds exactly.
    private static readonly double[] s_powers = [.. Enumerable.Range(0, 23).Select(n => double.Parse($"1E{n}", CultureInfo.InvariantCulture))];
    private static readonly UInt128[] s_wholePowers = [.. Enumerable.Range(0, 30).Select(PowerOfTen)];

    /// <summary>Rounds a float, a double or a decimal.</summary>
    /// <param name="value">The number; finite.</param>
    /// <param name="digits">1 to 15.</param>
    /// <exception cref="OverflowException">Rounded up, the number is beyond its type.</exception>
    public static T Round<T>(T value, int digits) =>
        typeof(T) == typeof(double) ? (T)(object)Round((double)(object)value!, digits)
        : typeof(T) == typeof(float) ? (T)(object)Round((float)(object)value!, digits)
        : typeof(T) == typeof(decimal) ? (T)(object)Round((decimal)(object)value!, digits)
        : value;

    private static double Round(double value, int digits)
    {
        if (TryScale(value, digits, relativeError: 1.0 / (1L << 50), out var whole, out var power) && Math.Abs(power) < s_powers.Length)
        {
            // Both are exact, so that the result is the double next to the decimal number.
            return Math.CopySign(power < 0 ? whole / s_powers[-power] : whole * s_powers[power], value);
        }

        Span<byte> text = stackalloc byte[40];
        _ = value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        return double.Parse(RoundText(text, length, digits), NumberStyles.Float, CultureInfo.InvariantCulture) is var rounded && double.IsFinite(rounded)
            ? rounded
            : throw new OverflowException();
    }

    private static float Round(float value, int digits)
    {
        if (TryScale(value, digits, relativeError: 1.0 / (1L << 22), out var whole, out var power) && whole <= 1 << 24 && Math.Abs(power) <= 10)
        {
            var (exact, scale) = ((float)whole, (float)s_powers[Math.Abs(power)]);
            return MathF.CopySign(power < 0 ? exact / scale : exact * scale, value);
        }

        Span<byte> text = stackalloc byte[40];
        _ = value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        return float.Parse(RoundText(text, length, digits), NumberStyles.Float, CultureInfo.InvariantCulture) is var rounded && float.IsFinite(rounded)
            ? rounded
            : throw new OverflowException();
    }

    private static decimal Round(decimal value, int digits)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var mantissa = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        var length = 0;
        while (length < s_wholePowers.Length && s_wholePowers[length] <= mantissa)
        {
            length++;
        }

        var decimals = digits - length + ((bits[3] >> 16) & 0xFF);
        if (length <= digits || decimals >= MaxScale)
        {
            return value;
        }

        if (decimals >= 0)
        {
            return decimal.Round(value, decimals, MidpointRounding.AwayFromZero);
        }

        // Moving the point changes no digit: there is room, since the number has digits before it.
        var power = (decimal)s_wholePowers[-decimals];
        return decimal.Round(value / power, 0, MidpointRounding.AwayFromZero) * power;
    }

    /// <summary>
    /// The rounded number as a whole one and a power of ten, computed. False where the number, whose shortest decimal form may differ by its last bit, is too
    /// near to a half to tell, or where powers of ten are not exact.
    /// </summary>
    private static bool TryScale(double value, int digits, double relativeError, out double whole, out int power)
    {
        var size = Math.Abs(value);
        (whole, power) = (0, 0);
        if (size is < 1e-20 or > 1e35)
        {
            return size == 0;
        }

        power = (int)Math.Floor(Math.Log10(size)) + 1 - digits;
        if (Math.Abs(power) >= s_powers.Length)
        {
            return false;
        }

        var scaled = Scale(size, power);
        if (scaled >= s_powers[digits] || scaled < s_powers[digits - 1])
        {
            // The logarithm was rounded, or the number is a bit beside a power of ten.
            return false;
        }

        whole = Math.Floor(scaled + 0.5);
        return Math.Abs(scaled - Math.Floor(scaled) - 0.5) > scaled * relativeError && scaled - s_powers[digits - 1] > scaled * relativeError;
    }

    private static double Scale(double size, int power) => power < 0 ? size * s_powers[-power] : size / s_powers[power];

    /// <summary>Rounds the digits of a number's text, in place: gives the part of it that is the rounded number.</summary>
    private static ReadOnlySpan<byte> RoundText(Span<byte> text, int length, int digits)
    {
        var end = text[..length].IndexOf((byte)'E');
        var exponent = 0;
        if (end >= 0)
        {
            _ = Utf8Parser.TryParse(text[(end + 1)..length], out exponent, out _);
        }

        Span<byte> kept = stackalloc byte[40];
        var negative = text[0] == (byte)'-';
        var (count, point, seenPoint) = (0, 0, false);
        foreach (var character in text[(negative ? 1 : 0)..(end < 0 ? length : end)])
        {
            if (character == (byte)'.')
            {
                seenPoint = true;
            }
            else
            {
                point += seenPoint ? 1 : 0;
                if (count > 0 || character != (byte)'0')
                {
                    kept[count++] = character;
                }
            }
        }

        if (count <= digits)
        {
            return text[..length];
        }

        // kept * 10^(exponent - point) is the number.
        exponent += count - digits - point;
        var carries = kept[digits] >= (byte)'5';
        for (var i = digits - 1; carries && i >= 0; i--)
        {
            carries = kept[i] == (byte)'9';
            kept[i] = carries ? (byte)'0' : (byte)(kept[i] + 1);
        }

        var written = 0;
        if (negative)
        {
            text[written++] = (byte)'-';
        }

        if (carries)
        {
            text[written++] = (byte)'1';
        }

        kept[..digits].CopyTo(text[written..]);
        written += digits;
        text[written++] = (byte)'E';
        _ = Utf8Formatter.TryFormat(exponent, text[written..], out var more);
        return text[..(written + more)];
    }

    private static UInt128 PowerOfTen(int power) => power == 0 ? UInt128.One : PowerOfTen(power - 1) * 10;
}
