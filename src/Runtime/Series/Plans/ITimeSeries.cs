namespace Typed.Generated;

/// <summary>What the generator adds to a declared time series: its definition, and typed access to its members.</summary>
/// <typeparam name="TSelf">The declared type.</typeparam>
/// <typeparam name="TKey">Its key.</typeparam>
/// <typeparam name="TValue">Its value, as it is combined.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITimeSeries<TSelf, TKey, TValue>
    where TSelf : ITimeSeries<TSelf, TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
{
    /// <summary>The declaration as data.</summary>
    static abstract SeriesDefinition Definition { get; }

    /// <summary>The point's key.</summary>
    static abstract TKey KeyOf(TSelf point);

    /// <summary>The point's value.</summary>
    static abstract TValue ValueOf(TSelf point);

    /// <summary>The point's own time, or null.</summary>
    static abstract DateTimeOffset? TimeOf(TSelf point);

    /// <summary>How the series is written and read in one model.</summary>
    static abstract SeriesPlan<TSelf, TKey, TValue> Plan(ModelTables tables);
}
