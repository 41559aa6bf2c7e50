using Microsoft.CodeAnalysis.Text;
using Typed.Generator.Model;
using Typed.Generator.Model.Series;

namespace Typed.Generator.Emission.Series;

/// <summary>Emits the file of a declared time series, feature by feature.</summary>
internal static class SeriesEmitter
{
    /// <summary>The series as an entry of its assembly's module.</summary>
    public static ModuleEntry Entry(SeriesModel series)
    {
        var names = new SeriesNames(series);
        var (handle, open) = ($"{names.Point}.{series.Names.Handle}", $"{names.Point}.{series.Names.In}");

        // A method with an optional parameter is no function of a store alone.
        open = series.IsNamespaced ? $"static store => {open}(store)" : open;
        return new(
            $"global::Typed.Generated.Declarations.Series<{names.Point}, {names.Key}, {names.Value}, {handle}>({open})", series.Type.Suppressions);
    }

    public static SourceText Emit(SeriesModel series)
    {
        var names = new SeriesNames(series);
        return PartialTypeWriter.Write(series.Type, names.Interface, inside =>
        {
            EntryEmitter.Emit(inside, series, names);
            if (series.Keys.Count > 0)
            {
                inside.Line();
                KeyEmitter.Emit(inside, series);
            }

            inside.Line();
            HandleEmitter.Emit(inside, series, names);
            inside.Line();
            RowEmitter.Emit(inside, series);
        }, after => DefinitionEmitter.Emit(after, series, names));
    }
}
