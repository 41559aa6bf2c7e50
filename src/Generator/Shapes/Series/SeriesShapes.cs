using Typed.Generator.Model;
using Typed.Generator.Model.Series;
using Typed.Schema;
using Typed.Schema.Shapes;

namespace Typed.Generator.Shapes.Series;

/// <summary>A declared series as it is compared with what is stored, and as the catalog and the schema file have it.</summary>
internal static class SeriesShapes
{
    public static SeriesShape Of(SeriesModel model) => new(
        model.Table,
        model.Kind.ToString(),
        Column(model.Value?.Name ?? SeriesColumns.Value, model.Combined),
        [.. model.Keys.Select(key => Column(key.Name, key.Type))],
        model.Kind == SeriesType.Series ? [] : [.. model.Intervals.Select(interval => IntervalShape.Of(interval.Spec))]);

    private static string Column(string member, StoredType type) => $"{member} {type.LayoutName}";
}
