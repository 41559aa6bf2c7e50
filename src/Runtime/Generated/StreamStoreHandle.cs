using Typed.Hosting;
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

        var removed = 0L;
        var sql = store.TablesOf(typeof(TBody)).Stream(Declarations.Definition<TBody>()).NextNamespace;
        var last = string.Empty;
        while (true)
        {
            var query = await store.Scope.ReadAsync(new("the namespaces", TBody.Stream.Name), sql, () => new NamesQuery(last), cancellationToken)
                .ConfigureAwait(false);
            if (query.Names is not [var next])
            {
                return removed;
            }

            removed += await EventStreams.In<TBody>(store, next).ExpireAsync(cancellationToken).ConfigureAwait(false);
            last = next;
        }
    }
}
