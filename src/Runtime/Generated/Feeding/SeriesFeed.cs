using Typed.Streams.Feeding;
using Typed.Time;
using Typed.Writing;

namespace Typed.Generated.Feeding;

/// <summary>Takes the points of an event.</summary>
internal interface IPointReceiver<in TPoint>
{
    void Point(TPoint point);
}

/// <summary>A series that the events of a stream feed.</summary>
/// <param name="each">Hands the points of an event to their receiver.</param>
internal sealed class SeriesFeed<TBody, TPoint, TKey, TValue>(Action<TBody, IPointReceiver<TPoint>> each) : Feed<TBody>
    where TPoint : ITimeSeries<TPoint, TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
{
    internal override SeriesDefinition Series => TPoint.Definition;

    internal override FedPoints<TBody> NewPoints(ModelTables tables, string streamNamespace) =>
        new Points(each, tables.GetOrBuild(typeof(TPoint), TPoint.Plan).Lane, TPoint.Definition.IsNamespaced ? streamNamespace : null);

    private sealed class Points(Action<TBody, IPointReceiver<TPoint>> each, PointLane<TKey, TValue> lane, string? seriesNamespace)
        : FedPoints<TBody>, IPointReceiver<TPoint>
    {
        private readonly PointBuffer<TKey, TValue> _buffer = lane.NewBuffer();
        private long _instant;

        public override WriteLane Lane => lane;

        public override void Add(TBody body, long instant)
        {
            _instant = instant;
            each(body, this);
            Ends.Add(_buffer.Count);
        }

        public void Point(TPoint point)
        {
            if (point is null)
            {
                throw new RejectedPointException(typeof(TPoint).Name, "the point is null");
            }

            var key = TKey.InNamespace(TPoint.KeyOf(point), seriesNamespace);
            _buffer.Add(key, TPoint.ValueOf(point), TPoint.TimeOf(point) is { } time ? Instant.From(time) : _instant);
        }

        public override void AddFrom(FedPoints<TBody> other)
        {
            var points = ((Points)other)._buffer;
            for (var i = 0; i < points.Count; i++)
            {
                _buffer.AddAccepted(points.Keys[i], points.Values[i], points.Instants[i], weight: 1);
            }

            Ends.Add(_buffer.Count);
        }

        // Nobody waits for it, and nothing is counted: the events' own write does that.
        public override PendingWrite Slice(int firstEvent, int events)
        {
            var start = StartOf(firstEvent);
            return new PendingPoints<TKey, TValue>(lane, _buffer, WriteMode.Posted, writer: null).Slice(start, StartOf(firstEvent + events) - start);
        }

        public override PendingWrite Whole(StoreWriter writer) => new PendingPoints<TKey, TValue>(lane, _buffer, WriteMode.Call, writer);

        public override void CutTo(int events)
        {
            _buffer.CutTo(StartOf(events));
            Ends.RemoveRange(events, Ends.Count - events);
        }

        public override void RemoveFirst(int events)
        {
            var points = StartOf(events);
            _buffer.RemoveFirst(points);
            Ends.RemoveRange(0, events);
            for (var i = 0; i < Ends.Count; i++)
            {
                Ends[i] -= points;
            }
        }
    }
}
