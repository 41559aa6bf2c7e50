using System.Globalization;

namespace Typed.Time;

/// <summary>The errors of arithmetic that leaves the years 1 to 9999. They throw here so that the hot paths stay small enough to inline.</summary>
internal static class OutOfYears
{
    public static void ThrowInstant(long instant) => throw new ArgumentOutOfRangeException(
        nameof(instant), instant, $"The time {Instant.Text(instant)} (microseconds since 1970) is outside the years 1 to 9999.");

    public static long ThrowStart(long instant) => throw new ArgumentOutOfRangeException(
        nameof(instant), instant, $"The bucket that holds {Instant.Text(instant)} starts before year 1.");

    public static long ThrowEnd(long start) => throw new ArgumentOutOfRangeException(
        nameof(start), start, $"The bucket that starts at {Instant.Text(start)} ends after year 9999.");

    public static long ThrowIndex(long index) => throw new ArgumentOutOfRangeException(
        nameof(index), index, $"The bucket number {index.ToString(CultureInfo.InvariantCulture)} starts outside the years 1 to 9999.");
}
