using Typed.Time;

namespace Typed.Schema.Shapes;

/// <summary>The shapes of declared types, as far as definitions know them: the schema of events is known to the compiler alone.</summary>
internal static class DeclaredShapes
{
    public static StreamShape Of(StreamDefinition stream) => new(stream.Name, stream.Naming.ToString(), Schema: null)
    {
        Body = stream.Body.ToString(),
        Follow = stream.Follow.ToString(),
    };

    /// <summary>The series, with some of its intervals: those of one table, or all.</summary>
    public static SeriesShape Of(SeriesDefinition series, IEnumerable<Interval> intervals) => new(
        series.Name, series.Type.ToString(), Column(series.Value), [.. series.Keys.Select(Column)],
        series.Type == SeriesType.Series ? [] : [.. intervals.Select(interval => IntervalShape.Of(interval.Spec))]);

    // The .NET type and not the column's kind: a uint is stored as a long is, yet reads what a long wrote as another number.
    private static string Column(ColumnDefinition column) => $"{column.Member} {TypeName(column.ClrType)}";

    private static string TypeName(Type type) =>
        type.IsEnum ? $"enum of {Enum.GetUnderlyingType(type).Name}"
        : type.IsArray ? $"{type.GetElementType()!.Name}[]"
        : type.Name;
}
