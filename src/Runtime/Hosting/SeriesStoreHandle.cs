using Typed.Writing;

namespace Typed.Hosting;

/// <summary>The emitted handle of a series.</summary>
internal sealed class SeriesStoreHandle<TPoint, TKey, TValue, THandle>(Func<TypedStore, THandle> open) : StoreHandle
    where TPoint : ITimeSeries<TPoint, TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
    where THandle : SeriesHandle<TPoint, TKey, TValue>
{
    public override Type Type => typeof(THandle);

    public override object In(TypedStore store) => open(store);

    public override ISpooledLane Lane(StoreScope scope, ModelTables tables, string streamNamespace, bool isGiven) =>
        tables.GetOrBuild(typeof(TPoint), TPoint.Plan).Lane;

    public override ValueTask<long> ExpireAsync(TypedStore store, CancellationToken cancellationToken) => open(store).ExpireAsync(cancellationToken);
}
