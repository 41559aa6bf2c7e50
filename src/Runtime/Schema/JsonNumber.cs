namespace Typed.Schema;

/// <summary>Questions about a JSON number that its text answers, whatever its size.</summary>
internal static class JsonNumber
{
    /// <summary>
    /// Whether the value has no fractional part: <c>1.0</c> and <c>1e400</c> have none. Going by the value, not the spelling,
    /// lets the answer survive a database that rewrites numbers.
    /// </summary>
    public static bool IsInteger(ReadOnlySpan<byte> number)
    {
        var exponentAt = number.IndexOfAny((byte)'e', (byte)'E');
        var digits = exponentAt < 0 ? number : number[..exponentAt];
        var point = digits.IndexOf((byte)'.');
        var significant = digits.TrimEnd((byte)'0');
        if (point < 0 && exponentAt < 0)
        {
            return true;
        }

        if (digits.IndexOfAnyInRange((byte)'1', (byte)'9') < 0)
        {
            return true;
        }

        // Decimal places that remain (negative: zeros before the point) against the power of ten that lifts them.
        var places = point >= 0 ? Math.Max(significant.Length, point + 1) - point - 1 : 0;
        places = places == 0 ? -TrailingZeros(point >= 0 ? digits[..point] : digits) : places;
        return exponentAt < 0 ? places <= 0 : Exponent(number[(exponentAt + 1)..]) >= places;
    }

    private static int TrailingZeros(ReadOnlySpan<byte> digits) => digits.Length - digits.TrimEnd((byte)'0').Length;

    // Texts are far shorter than the limit, so an exponent beyond it decides all by itself.
    private static long Exponent(ReadOnlySpan<byte> text)
    {
        const long Limit = 1_000_000_000_000;
        var negative = text[0] == (byte)'-';
        var value = 0L;
        foreach (var unit in text[(text[0] is (byte)'-' or (byte)'+' ? 1 : 0)..])
        {
            value = Math.Min((value * 10) + unit - '0', Limit);
        }

        return negative ? -value : value;
    }
}
