using System.Globalization;
using System.Text;
using Typed.Schema.Json;

namespace Typed.Schema.Shapes;

/// <summary>The text of a schema file: one file, one text, a fact a line, so that a difference of two texts reads as what changed.</summary>
internal static class SchemaFileWriter
{
    public static string Write(SchemaFile file)
    {
        var compact = new StringBuilder("{\"$schema\":").AppendJsonString(SchemaFile.Dialect)
            .Append(",\"version\":").Append(SchemaFile.Version.ToString(CultureInfo.InvariantCulture));
        AppendEntries(compact.Append(",\"streams\":"), file.Streams, stream => stream.Name, AppendStream);
        AppendEntries(compact.Append(",\"series\":"), file.Series, series => series.Name, AppendSeries);
        return JsonLines.Write(JsonTreeReader.Read(compact.Append('}').ToString()));
    }

    private static void AppendEntries<T>(StringBuilder text, IEnumerable<T> entries, Func<T, string> name, Action<StringBuilder, T> append)
    {
        text.Append('{');
        var separator = string.Empty;
        foreach (var entry in entries)
        {
            text.Append(separator).AppendJsonString(name(entry)).Append(":{");
            append(text, entry);
            text.Append('}');
            separator = ",";
        }

        text.Append('}');
    }

    private static void AppendStream(StringBuilder text, StreamShape stream)
    {
        var separator = string.Empty;
        if (stream.Naming is { } naming)
        {
            text.Append("\"naming\":").AppendJsonString(naming);
            separator = ",";
        }

        if (stream.Schema is { } schema)
        {
            text.Append(separator).Append("\"schema\":").Append(schema);
        }
    }

    private static void AppendSeries(StringBuilder text, SeriesShape series)
    {
        text.Append("\"type\":").AppendJsonString(series.Type).Append(",\"value\":").AppendJsonString(series.Value);
        AppendTexts(text.Append(",\"keys\":"), series.Keys);

        // The finest first, whatever the order in which a catalog or a class has them.
        var intervals = series.Intervals.OrderBy(interval => interval.Seconds).ThenBy(interval => interval.Name, StringComparer.Ordinal);
        AppendTexts(text.Append(",\"intervals\":"), intervals.Select(interval => interval.ToString()));
    }

    private static void AppendTexts(StringBuilder text, IEnumerable<string> items)
    {
        text.Append('[');
        var separator = string.Empty;
        foreach (var item in items)
        {
            text.Append(separator).AppendJsonString(item);
            separator = ",";
        }

        text.Append(']');
    }
}
