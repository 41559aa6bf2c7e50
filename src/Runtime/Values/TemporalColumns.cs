using System.Globalization;
using Typed.Time;

namespace Typed.Generated;

/// <summary><see cref="System.DateTimeOffset"/>, kept as an instant: what is read back has offset zero.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateTimeOffsetColumn : IColumn<DateTimeOffset>
{
    public static ColumnKind Kind => ColumnKind.Instant;
    public static DateTimeOffset Read(RowReader row, int ordinal) => Instant.ToDateTimeOffset(row.Instant(ordinal));
    public static void Write(ParameterWriter parameters, DateTimeOffset value) => parameters.Instant(Instant.From(value));
    public static void WriteAll(ArrayWriter arrays, DateTimeOffset[] values) => arrays.Instants(Array.ConvertAll(values, Instant.From));
    public static DateTimeOffset Normalize(DateTimeOffset value) => Instant.ToDateTimeOffset(Instant.From(value));
    public static int SizeOf(DateTimeOffset value) => 8;
}

/// <summary><see cref="System.DateTime"/> in UTC.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateTimeColumn : IColumn<DateTime>
{
    public static ColumnKind Kind => ColumnKind.Instant;
    public static DateTime Read(RowReader row, int ordinal) => Instant.ToDateTimeOffset(row.Instant(ordinal)).UtcDateTime;
    public static void Write(ParameterWriter parameters, DateTime value) => parameters.Instant(ToInstant(value));
    public static void WriteAll(ArrayWriter arrays, DateTime[] values) => arrays.Instants(Array.ConvertAll(values, ToInstant));

    public static string? Refusal(DateTime value) =>
        value.Kind == DateTimeKind.Utc
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{value:O} is not UTC (its Kind is {value.Kind}); convert it, or use DateTimeOffset");

    public static DateTime Normalize(DateTime value) => value.AddTicks(-(value.Ticks % TimeSpan.TicksPerMicrosecond));
    public static int SizeOf(DateTime value) => 8;

    private static long ToInstant(DateTime value) => Instant.From(new DateTimeOffset(value, TimeSpan.Zero));
}

/// <summary><see cref="DateOnly"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateOnlyColumn : IColumn<DateOnly>
{
    public static ColumnKind Kind => ColumnKind.Date;
    public static DateOnly Read(RowReader row, int ordinal) => row.Date(ordinal);
    public static void Write(ParameterWriter parameters, DateOnly value) => parameters.Date(value);
    public static void WriteAll(ArrayWriter arrays, DateOnly[] values) => arrays.Dates(values);
    public static int SizeOf(DateOnly value) => 4;
}

/// <summary><see cref="TimeOnly"/>, to the microsecond.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TimeOnlyColumn : IColumn<TimeOnly>
{
    public static ColumnKind Kind => ColumnKind.Time;
    public static TimeOnly Read(RowReader row, int ordinal) => row.Time(ordinal);
    public static void Write(ParameterWriter parameters, TimeOnly value) => parameters.Time(value);
    public static void WriteAll(ArrayWriter arrays, TimeOnly[] values) => arrays.Times(values);
    public static TimeOnly Normalize(TimeOnly value) => new(value.Ticks - (value.Ticks % TimeSpan.TicksPerMicrosecond));
    public static int SizeOf(TimeOnly value) => 8;
}

/// <summary><see cref="TimeSpan"/>, to the microsecond (finer digits are cut toward the past).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TimeSpanColumn : IColumn<TimeSpan>
{
    public static ColumnKind Kind => ColumnKind.Duration;
    public static TimeSpan Read(RowReader row, int ordinal) => row.Duration(ordinal);
    public static void Write(ParameterWriter parameters, TimeSpan value) => parameters.Duration(value);
    public static void WriteAll(ArrayWriter arrays, TimeSpan[] values) => arrays.Durations(values);

    /// <remarks>The remainder of a negative number is negative: the smallest whole microsecond lies that far above the minimum.</remarks>
    public static string? Refusal(TimeSpan value) =>
        value.Ticks < TimeSpan.MinValue.Ticks - (TimeSpan.MinValue.Ticks % TimeSpan.TicksPerMicrosecond)
            ? string.Create(CultureInfo.InvariantCulture, $"{value} cannot be cut to the microsecond without leaving the range of TimeSpan")
            : null;

    public static TimeSpan Normalize(TimeSpan value)
    {
        var rest = value.Ticks % TimeSpan.TicksPerMicrosecond;
        return new(value.Ticks - (rest < 0 ? rest + TimeSpan.TicksPerMicrosecond : rest));
    }

    public static int SizeOf(TimeSpan value) => 8;
}
