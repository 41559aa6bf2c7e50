using System.Globalization;
using System.Numerics;
using Microsoft.Data.Sqlite;
using Typed.Values;

namespace Typed.Sqlite;

/// <summary>
/// The functions that every connection of a store registers: decimals, kept as canonical text, are added and compared, and numbers read from text exactly.
/// </summary>
internal static class SqliteFunctions
{
    public const string Real = "typed_real";
    public const string Ticks = "typed_ticks";
    public const string Time = "typed_time";
    public const string TimeAdd = "typed_time_add";
    public const string Instant = "typed_instant";
    public const string Cell = "typed_cell";
    public const string CellOfText = "typed_cell_of_text";
    public const string Guid = "typed_guid";
    public const string Bytes = "typed_bytes";
    public const string Decimal = "typed_decimal";
    public const string NumberText = "typed_number_text";
    public const string DecimalAdd = "typed_decimal_add";
    public const string DecimalSum = "typed_decimal_sum";
    public const string DecimalMin = "typed_decimal_min";
    public const string DecimalMax = "typed_decimal_max";

    /// <summary>The name of the collation of decimals.</summary>
    public const string DecimalOrder = "typed_decimal_order";

    private const string Null = "null";

    public static void Register(SqliteConnection connection)
    {
        SqliteRanking.Register(connection);
        connection.CreateCollation(DecimalOrder, static (a, b) => Parse(a).CompareTo(Parse(b)));
        connection.CreateFunction<string?, double?>(
            Real, static text => text is null or Null ? null : double.Parse(text, CultureInfo.InvariantCulture), isDeterministic: true);
        connection.CreateFunction<string?, long?>(Ticks, static text => text is null or Null ? null : ToTicks(text), isDeterministic: true);
        connection.CreateFunction<string?, string?>(
            Time, static text => text is null or Null ? null : SqliteConversions.ToText(ToTime(text)), isDeterministic: true);
        connection.CreateFunction<string?, long?, string?>(
            TimeAdd, static (text, microseconds) => text is null || microseconds is not { } added
                ? null
                : SqliteConversions.ToText(ToTime(text).AddMicroseconds(added)),
            isDeterministic: true);
        connection.CreateFunction<string?, bool, long?>(
            Instant, static (text, isLocal) => text is null ? null : ToInstant(text, isLocal), isDeterministic: true);
        connection.CreateFunction<long?, string, string, long?>(
            Cell, static (instant, word, zone) => instant is { } time ? SqliteCells.Floor(time, word, zone) : null, isDeterministic: true);
        connection.CreateFunction<string?, string, string, string?>(
            CellOfText,
            static (text, word, zone) => text is null
                ? null
                : SqliteConversions.ToText(Typed.Time.Instant.ToDateTimeOffset(
                    SqliteCells.Floor(Typed.Time.Instant.From(new DateTimeOffset(ToTime(text))), word, zone)).UtcDateTime),
            isDeterministic: true);
        connection.CreateFunction<object?, string?>(
            Guid,
            static value => value is null ? null : (value is byte[] bytes ? new Guid(bytes, bigEndian: true) : System.Guid.Parse((string)value)).ToString("D"),
            isDeterministic: true);
        connection.CreateFunction<string?, byte[]?>(Bytes, static text => text is null ? null : Convert.FromBase64String(text), isDeterministic: true);
        connection.CreateFunction<string?, string?>(
            Decimal, static text => text is null or Null ? null : SqliteTexts.Format(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)),
            isDeterministic: true);
        connection.CreateFunction<double?, string?>(NumberText, static number => number?.ToString("R", CultureInfo.InvariantCulture), isDeterministic: true);
        connection.CreateFunction<string, string, string>(
            DecimalAdd, static (a, b) => SqliteTexts.Format(ExactDecimals.Add(Parse(a), Parse(b))), isDeterministic: true);
        connection.CreateAggregate<string, long, BigInteger, string>(
            DecimalSum, BigInteger.Zero, static (sum, value, weight) => sum + (ExactDecimals.Units(Parse(value)) * weight),
            static sum => SqliteTexts.Format(ExactDecimals.FromUnits(sum)), isDeterministic: true);
        connection.CreateAggregate<string, decimal?, string?>(
            DecimalMin, null, static (min, value) => min is { } m && m <= Parse(value) ? m : Parse(value),
            static min => min is { } m ? SqliteTexts.Format(m) : null, isDeterministic: true);
        connection.CreateAggregate<string, decimal?, string?>(
            DecimalMax, null, static (max, value) => max is { } m && m >= Parse(value) ? m : Parse(value),
            static max => max is { } m ? SqliteTexts.Format(m) : null, isDeterministic: true);
    }

    public static decimal Parse(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);

    // Elements of a parameter come as texts and as numbers.
    private static long ToTicks(string text) =>
        text.Contains(':', StringComparison.Ordinal)
            ? TimeSpan.ParseExact(text, "c", CultureInfo.InvariantCulture).Ticks
            : long.Parse(text, CultureInfo.InvariantCulture);

    private static long ToInstant(string text, bool isLocal) =>
        Typed.Time.Instant.From(
            DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, isLocal ? DateTimeStyles.AssumeLocal : DateTimeStyles.AssumeUniversal));

    // The time of an event is a number.
    private static DateTime ToTime(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var instant)
        ? Typed.Time.Instant.ToDateTimeOffset(instant).UtcDateTime
        : DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
}
