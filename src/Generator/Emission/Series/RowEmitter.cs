using Typed.Generator.Model;
using Typed.Generator.Model.Series;
using Typed.Schema;

namespace Typed.Generator.Emission.Series;

/// <summary>Emits the row type that LINQ queries see: a row of any of the series' tables.</summary>
internal static class RowEmitter
{
    public static void Emit(SourceWriter writer, SeriesModel series)
    {
        writer.Line($"/// <summary>A stored row of <see cref=\"{CSharp.Cref(series.Type.FullName)}\"/>, for LINQ.</summary>");
        writer.Open($"{series.Access} sealed class {series.Names.Row}");
        foreach (var key in series.Keys)
        {
            Value(writer, key.Type, key.Name, $"The key member <c>{CSharp.Xml(key.Name)}</c>.");
        }

        foreach (var column in SeriesColumns.After(series.Kind, series.IsFine))
        {
            switch (column.Role)
            {
                case SeriesColumnRole.Value:
                    Value(writer, series.Combined, series.Value?.Name ?? column.Name, series.Kind == SeriesType.Count ? "The total." : "The value.");
                    break;
                case SeriesColumnRole.Sequence:
                    Property(writer, "long", column.Name, "The point's place in write order.");
                    break;
                case SeriesColumnRole.Count:
                    Property(writer, "long", column.Name, series.Kind == SeriesType.Summary ? "The count of values." : "How often the value occurred.");
                    break;
                case SeriesColumnRole.Sum:
                    Value(writer, series.Combined, column.Name, "The sum of values.");
                    break;
                case SeriesColumnRole.Min:
                    Value(writer, series.Combined, column.Name, "The smallest value.");
                    break;
                case SeriesColumnRole.Max:
                    Value(writer, series.Combined, column.Name, "The largest value.");
                    break;
                case SeriesColumnRole.SquaredDeviations:
                    Property(writer, "double", column.Name, "The sum of the squared distances of values from their mean: divided by the count, the variance.");
                    break;
                default:
                    Property(writer, "global::System.DateTimeOffset", column.Name, InstantDoc(column.Role, series.Kind));
                    break;
            }
        }

        writer.Close();
    }

    private static string InstantDoc(SeriesColumnRole role, SeriesType type) => role switch
    {
        SeriesColumnRole.Bucket => "The start of the bucket, in UTC.",
        SeriesColumnRole.Slot => "The start of the slot, in UTC; only in intervals that have slots.",
        _ => type == SeriesType.Series ? "The point's time, in UTC." : "The time of the value, in UTC.",
    };

    private static void Value(SourceWriter writer, StoredType type, string name, string doc) =>
        Property(writer, type.RowName, name, doc, type.IsReference ? " = null!;" : "");

    private static void Property(SourceWriter writer, string type, string name, string doc, string initializer = "") =>
        writer.Line($"/// <summary>{doc}</summary>").Line($"public {type} {CSharp.Identifier(name)} {{ get; private set; }}{initializer}").Line();
}
