using Typed.Hosting;

namespace Typed.Generated;

/// <summary>The entries of emitted modules.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Declarations
{
    /// <summary>A declared time series.</summary>
    public static Declaration Series<TPoint, TKey, TValue>()
        where TPoint : ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey> => new SeriesDeclaration(TPoint.Definition);

    /// <summary>A declared time series, with its handle in a store.</summary>
    public static Declaration Series<TPoint, TKey, TValue, THandle>(Func<TypedStore, THandle> open)
        where TPoint : ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey>
        where THandle : SeriesHandle<TPoint, TKey, TValue> =>
        new SeriesDeclaration(TPoint.Definition) { Handle = new SeriesStoreHandle<TPoint, TKey, TValue, THandle>(open) };

    /// <summary>A declared event stream.</summary>
    public static Declaration Stream<TBody>()
        where TBody : IEventBody<TBody> =>
        new StreamDeclaration(Definition<TBody>()) { Handle = new StreamStoreHandle<TBody>(Definition<TBody>(), EventStreams.In<TBody>) };

    /// <summary>A declared event stream that can be followed.</summary>
    public static Declaration FollowedStream<TBody>()
        where TBody : IFollowedEventBody<TBody> => new StreamDeclaration(Definition<TBody>())
        {
            Handle = new StreamStoreHandle<TBody>(Definition<TBody>(), EventStreams.Followed<TBody>)
            {
                OtherTypes = [typeof(FollowedStream<TBody>)],
            },
        };

    internal static StreamDefinition Definition<TBody>()
        where TBody : IEventBody<TBody> => StreamDefinitions<TBody>.Value;

    private static class StreamDefinitions<TBody>
        where TBody : IEventBody<TBody>
    {
        public static readonly StreamDefinition Value =
            new(typeof(TBody), typeof(Event<TBody>), TBody.Stream.Name, TBody.Stream.Naming, TBody.Stream.Body, TBody.Stream.Follow, TBody.Shape)
            {
                Retain = TBody.Stream.Retain,
                Enums = TBody.Stream.Enums,
            };
    }
}
