using Typed.Consuming.Feeding;
using Typed.Storage;
using Typed.Streams;
using Typed.Streams.Feeding;
using Typed.Streams.Following;
using Typed.Streams.Reading;
using Typed.Streams.Rebuilding;
using Typed.Writing;

namespace Typed.Hosting;

/// <summary>The default namespace of a stream; what has expired is removed from all of them.</summary>
/// <param name="stream">The stream.</param>
/// <param name="open">Makes the handle of a namespace.</param>
internal sealed class StreamStoreHandle<TBody>(StreamDefinition stream, Func<TypedStore, string, EventStream<TBody>> open) : StoreHandle
    where TBody : IEventBody<TBody>
{
    public override Type Type => typeof(EventStream<TBody>);

    public override object In(TypedStore store) => open(store, StreamNames.DefaultNamespace);

    public override ISpooledLane Lane(StoreScope scope, ModelTables tables, string streamNamespace, bool isGiven)
    {
        var source = new EventSource<TBody>(scope, tables, tables.Stream(stream), streamNamespace);
        return isGiven ? source.GivenLane : source.Lane;
    }

    public override RebuildSource? SourceOf(ModelTables tables, SeriesDefinition series, ModelTables staged) =>
        RebuildSource<TBody>.Find(tables, stream, series, staged);

    public override StreamDefinition? FeedsLater(SeriesDefinition series) =>
        LateFeed<TBody>.Of(TBody.Feeds, type => type == series.PointType).Count > 0 ? stream : null;

    public override bool FeedsLater(Func<Type, bool> holds) => LateFeed<TBody>.Of(TBody.Feeds, holds).Count > 0;

    public override LateFeeder? NewFeeder(
        StoreScope scope, ModelTables tables, StoreFollowing following, StoreConsumers positions, Func<Type, bool> holds) =>
        LateFeed<TBody>.Of(TBody.Feeds, holds) is { Count: > 0 } feeds
            ? new LateFeeder<TBody>(scope, tables, tables.Stream(stream), following, positions, feeds)
            : null;

    public override async ValueTask<long> ExpireAsync(TypedStore store, CancellationToken cancellationToken)
    {
        if (TBody.Stream.Retain is null)
        {
            return 0;
        }

        var statements = store.TablesOf(typeof(TBody)).Stream(stream);
        var namespaces = await store.Scope.ReadAsync(
            new("the namespaces", TBody.Stream.Name), new Sql(statements.Namespaces), () => new NamesQuery(streamNamespace: null), cancellationToken)
            .ConfigureAwait(false);
        var removed = 0L;
        foreach (var name in namespaces.Names)
        {
            removed += await open(store, name).ExpireAsync(cancellationToken).ConfigureAwait(false);
        }

        return removed;
    }
}
