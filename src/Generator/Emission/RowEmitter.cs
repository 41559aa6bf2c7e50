using Typed.Generator.Model;

namespace Typed.Generator.Emission;

/// <summary>The row type that LINQ queries see: a row of any of the series' interval tables.</summary>
internal static class RowEmitter
{
    private const string Instant = "global::System.DateTimeOffset";

    public static void Emit(SourceWriter writer, SeriesModel series)
    {
        writer.Line($"/// <summary>A stored row of <see cref=\"{CSharp.Cref(series.Type.FullName)}\"/>, for LINQ.</summary>");
        writer.Open($"{series.Access} sealed class Row");
        foreach (var key in series.Keys)
        {
            Property(writer, key.Type, key.Name, $"The key member <c>{CSharp.Xml(key.Name)}</c>.");
        }

        if (series.Kind == SeriesKind.Series)
        {
            Property(writer, Instant, "Time", "The point's time, in UTC.");
            Property(writer, "long", "Sequence", "The point's place in write order.");
        }
        else
        {
            Property(writer, Instant, "Bucket", "The start of the bucket, in UTC.");
        }

        if (series.Kind != SeriesKind.Series && series.Intervals.Any(interval => interval.Spec.IsFine))
        {
            Property(writer, Instant, "Slot", "The start of the slot, in UTC; only in intervals that have slots.");
        }

        var value = series.Kind == SeriesKind.Count ? series.Combined : series.Value!.Type;
        Property(writer, value, series.Value?.Name ?? "Value", series.Kind == SeriesKind.Count ? "The total." : "The value.");
        switch (series.Kind)
        {
            case SeriesKind.Histogram:
                Property(writer, "long", "Count", "How often the value occurred.");
                break;
            case SeriesKind.Gauge:
                Property(writer, Instant, "Time", "The time of the value, in UTC.");
                break;
        }

        writer.Close();
    }

    private static void Property(SourceWriter writer, StoredType type, string name, string doc) => Property(writer, type.RowName, name, doc, type.IsReference ? " = null!;" : "");

    private static void Property(SourceWriter writer, string type, string name, string doc, string initializer = "") =>
        writer.Line($"/// <summary>{doc}</summary>").Line($"public {type} {CSharp.Identifier(name)} {{ get; private set; }}{initializer}").Line();
}
