using Typed.Hosting;
using Typed.Storage;
using Typed.Streams;
using Typed.Streams.Reading;

namespace Typed.Generated;

/// <summary>The default namespace of a stream; what has expired is removed from all of them.</summary>
internal sealed class StreamStoreHandle<TBody> : StoreHandle
    where TBody : IEventBody<TBody>
{
    public override Type Type => typeof(EventStream<TBody>);

    public override object In(TypedStore store) => EventStreams.In<TBody>(store, StreamNames.DefaultNamespace);

    public override async ValueTask<long> ExpireAsync(TypedStore store, CancellationToken cancellationToken)
    {
        if (TBody.Stream.Retain is null)
        {
            return 0;
        }

        var stream = store.TablesOf(typeof(TBody)).Stream(Declarations.Definition<TBody>());
        var namespaces = await store.Scope.ReadAsync(
            new("the namespaces", TBody.Stream.Name), new Sql(stream.Namespaces), () => new NamesQuery(streamNamespace: null), cancellationToken)
            .ConfigureAwait(false);
        var removed = 0L;
        foreach (var name in namespaces.Names)
        {
            removed += await EventStreams.In<TBody>(store, name).ExpireAsync(cancellationToken).ConfigureAwait(false);
        }

        return removed;
    }
}
