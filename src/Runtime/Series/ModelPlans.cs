using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;
using Typed.Generated;
using Typed.Storage;
using Typed.Storage.Tables;

namespace Typed.Series;

/// <summary>The plans of one EF model, each built at first use.</summary>
internal sealed class ModelPlans
{
    private static readonly ConditionalWeakTable<IModel, ModelPlans> s_plans = new();

    private readonly ConcurrentDictionary<Type, object> _plans = new();
    private readonly SeriesTables _tables;
    private readonly Dialect _dialect;

    private ModelPlans(IModel model, Dialect dialect) => (_tables, _dialect) = (new SeriesTables(model, dialect), dialect);

    public static ModelPlans For(IModel model, Dialect dialect) => s_plans.GetValue(model, m => new ModelPlans(m, dialect));

    /// <exception cref="InvalidOperationException">The model does not map the type.</exception>
    public SeriesPlan<TPoint, TKey, TValue> Get<TPoint, TKey, TValue>()
        where TPoint : ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey> =>
        (SeriesPlan<TPoint, TKey, TValue>)_plans.GetOrAdd(typeof(TPoint), static (_, tables) => TPoint.Plan(tables), _tables);

    /// <summary>The statements of a stream.</summary>
    /// <exception cref="InvalidOperationException">The model does not map the type.</exception>
    public StreamStatements Stream(StreamDefinition stream) =>
        (StreamStatements)_plans.GetOrAdd(stream.BodyType, static (_, of) => new StreamStatements(of._tables.Stream(of.stream), of._dialect), (_tables, _dialect, stream));
}
