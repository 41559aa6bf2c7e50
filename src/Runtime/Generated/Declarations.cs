using System.ComponentModel;
using Typed.Schema;
using Typed.Storage;

namespace Typed.Generated;

/// <summary>The entries of emitted modules.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Declarations
{
    /// <summary>A declared time series.</summary>
    public static Declaration Series<TPoint, TKey, TValue>()
        where TPoint : ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey> => new SeriesDeclaration(TPoint.Definition);
}
