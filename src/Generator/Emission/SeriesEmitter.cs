using Microsoft.CodeAnalysis.Text;
using Typed.Generator.Model;

namespace Typed.Generator.Emission;

/// <summary>The emitted file of a declared time series, feature by feature.</summary>
internal static class SeriesEmitter
{
    public static SourceText Emit(SeriesModel series)
    {
        var names = new SeriesNames(series);
        return Shell.Write(series.Type, names.Interface, inside =>
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
