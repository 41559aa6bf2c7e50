using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;
using Typed.Generated;
using Typed.Storage;

namespace Typed.Series;

/// <summary>The plans of one EF model, each built at first use.</summary>
internal sealed class ModelPlans
{
    private static readonly ConditionalWeakTable<IModel, ModelPlans> s_plans = new();

    private readonly ConcurrentDictionary<Type, object> _plans = new();
    private readonly SeriesTables _tables;

    private ModelPlans(IModel model, Dialect dialect) => _tables = new SeriesTables(model, dialect);

    public static ModelPlans For(IModel model, Dialect dialect) => s_plans.GetValue(model, m => new ModelPlans(m, dialect));

    /// <exception cref="InvalidOperationException">The model does not map the type.</exception>
    public SeriesPlan<TPoint, TKey, TValue> Get<TPoint, TKey, TValue>()
        where TPoint : ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey> =>
        (SeriesPlan<TPoint, TKey, TValue>)_plans.GetOrAdd(typeof(TPoint), static (_, tables) => TPoint.Plan(tables), _tables);
}
