using System.Runtime.CompilerServices;

namespace Typed.Time;

internal static class Arithmetic
{
    /// <summary>Division toward the past; C# divides toward zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long FloorDivide(long value, long divisor)
    {
        var quotient = value / divisor;
        return value - quotient * divisor < 0 ? quotient - 1 : quotient;
    }
}
