using Typed.Generator.Model;
using Typed.Generator.Model.Series;
using Typed.Schema;

namespace Typed.Generator.Emission.Series;

/// <summary>Emits the declaration as data, for the runtime's model, catalog and statements.</summary>
internal static class DefinitionEmitter
{
    public static void Emit(SourceWriter writer, SeriesModel series, SeriesNames names)
    {
        var keys = string.Join(", ", series.Keys.Select(key => Column(key.Name, key.Type)));
        keys = series.IsNamespaced ? $"{Column(SeriesColumns.Namespace, StoredType.Text)}, {keys}" : keys;
        var intervals = string.Join(", ", series.Intervals.Select(interval => CSharp.Literal(interval.Spec.ToString())));
        writer.Block($"file static class {names.Definition}", inside => inside.Line($"""
            internal static readonly global::Typed.Generated.SeriesDefinition Value = new(
                typeof({names.Point}),
                typeof({names.Point}.{series.Names.Row}),
                {CSharp.Literal(series.Table)},
                global::Typed.SeriesType.{series.Kind},
                [{keys}],
                {Column(series.Value?.Name ?? SeriesColumns.Value, series.Combined)},
                [{intervals}]){Initializer(series)};
            """));
    }

    private static string Initializer(SeriesModel series)
    {
        List<string> properties = [];
        if (series.Time is { } time)
        {
            properties.Add($"TimeMember = {CSharp.Literal(time.Name)}");
        }

        if (series.Digits > 0)
        {
            properties.Add($"Digits = {CSharp.Literal(series.Digits)}");
        }

        if (series.IsNamespaced)
        {
            properties.Add("IsNamespaced = true");
        }

        return properties.Count == 0 ? "" : $" {{ {string.Join(", ", properties)} }}";
    }

    private static string Column(string member, StoredType type) =>
        $"new({CSharp.Literal(member)}, typeof({type.RowName}), global::Typed.Generated.ColumnKind.{type.Kind})";
}
