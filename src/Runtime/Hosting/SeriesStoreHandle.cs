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

    public override ISpooledLane Lane(TypedStore store, string streamNamespace, bool isGiven) => SeriesBindings.In<TPoint, TKey, TValue>(store).Plan.Lane;

    public override ValueTask<long> ExpireAsync(TypedStore store, CancellationToken cancellationToken) => open(store).ExpireAsync(cancellationToken);
}
