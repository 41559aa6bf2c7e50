using System.Globalization;

namespace Typed.Sqlite;

/// <summary>Values that SQLite has no type for, in the forms in which Microsoft.Data.Sqlite writes them too, so that LINQ compares equal texts.</summary>
internal static class SqliteTexts
{
    public static string Format(decimal value) => value.ToString("0.0###########################", CultureInfo.InvariantCulture);

    public static string Format(DateOnly value) => value.ToString("O", CultureInfo.InvariantCulture);

    public static string Format(TimeOnly value) =>
        value.ToString(value.Ticks % TimeSpan.TicksPerSecond == 0 ? "HH:mm:ss" : "HH:mm:ss.fffffff", CultureInfo.InvariantCulture);

    /// <summary>The number of a duration, which orders as the duration does.</summary>
    public static long Microseconds(TimeSpan value) => value.Ticks / TimeSpan.TicksPerMicrosecond;
}
