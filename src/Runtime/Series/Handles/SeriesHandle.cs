using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Typed.Series.Plans;
using Typed.Series.Reading;
using Typed.Series.Rebuilding;
using Typed.Storage;
using Typed.Time;
using Typed.Writing;

namespace Typed;

/// <summary>Writes and reads one declared time series in one store. The emitted handles derive from it.</summary>
/// <typeparam name="TPoint">The declared type.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
public abstract class SeriesHandle<TPoint, TKey, TValue>
    where TPoint : ITimeSeries<TPoint, TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
{
    private protected SeriesHandle(SeriesBinding<TPoint, TKey, TValue> binding) =>
        (Scope, Plan, Namespace) = (binding.Scope, binding.Plan, binding.Namespace);

    private protected StoreScope Scope { get; }

    private protected SeriesPlan<TPoint, TKey, TValue> Plan { get; }

    /// <summary>The namespace; null where the series has none.</summary>
    private protected string? Namespace { get; }

    /// <summary>Writes a point.</summary>
    /// <param name="point">The point; without a time of its own it counts for now.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How many points were stored, and how many (point, interval) pairs were skipped because their bucket is dead.</returns>
    /// <exception cref="RejectedPointException">A member cannot be stored; nothing was written.</exception>
    /// <exception cref="WriteFailedException">The database refused or did not answer in time.</exception>
    [OverloadResolutionPriority(1)] // InsertAsync(new() { ... }) is one point
    public ValueTask<InsertResult> InsertAsync(TPoint point, CancellationToken cancellationToken = default)
    {
        var buffer = NewBuffer();
        Add(buffer, point, Scope.Now);
        return WriteAsync(buffer, cancellationToken);
    }

    /// <summary>Writes points in one transaction: all or nothing, whatever their number.</summary>
    /// <param name="points">The points, in write order; those without a time of their own count for now.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How many points were stored, and how many (point, interval) pairs were skipped because their bucket is dead.</returns>
    /// <exception cref="RejectedPointException">A member cannot be stored; nothing was written.</exception>
    /// <exception cref="WriteFailedException">The database refused or did not answer in time.</exception>
    public ValueTask<InsertResult> InsertAsync(IEnumerable<TPoint> points, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        var buffer = NewBuffer();
        var now = Scope.Now;
        foreach (var point in points)
        {
            Add(buffer, point, now);
        }

        return WriteAsync(buffer, cancellationToken);
    }

    /// <summary>
    /// Writes a stream of points, committing every 5 000; those of a slow stream about a second after they were read (in a <c>DbContext</c> when the next one
    /// comes),
    /// so that reads see them.
    /// </summary>
    /// <param name="points">The points, in write order; those without a time of their own count for the moment they arrive.</param>
    /// <param name="cancellationToken">Stops reading the stream; what was read by then is written.</param>
    /// <returns>How many points were stored, and how many (point, interval) pairs were skipped because their bucket is dead.</returns>
    /// <exception cref="InsertInterruptedException">A point was refused, the stream failed or the database did; says how many points are in.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; every point that was read from the stream is in.</exception>
    public async ValueTask<InsertResult> InsertAsync(IAsyncEnumerable<TPoint> points, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        var chunk = new Chunk(this);
        try
        {
            await new ChunkedWrite<TPoint>(points, chunk, Scope, cancellationToken).RunAsync().ConfigureAwait(false);
            return chunk.Done;
        }
        catch (RejectedPointException refused)
        {
            throw new InsertInterruptedException(chunk.Taken, chunk.Done, new RejectedPointException(refused, chunk.Taken));
        }
        catch (Exception error) when (error is not ObjectDisposedException
            && !(error is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            throw new InsertInterruptedException(chunk.Taken, chunk.Done, error);
        }
    }

    /// <summary>
    /// Hands a point to the store's background writer, which writes it within <c>FlushInterval</c> and does not give up while the database is away.
    /// Never waits for the database; where the store holds <c>Capacity</c> unwritten items, <c>WhenFull</c> says what happens.
    /// </summary>
    /// <param name="point">The point; without a time of its own it counts for now.</param>
    /// <param name="cancellationToken">Stops waiting for room; the point is not accepted then.</param>
    /// <returns>Ends when the point is accepted. A point that the database refuses later goes to the store's <c>OnRejected</c>.</returns>
    /// <exception cref="RejectedPointException">A member cannot be stored; the point is not accepted.</exception>
    /// <exception cref="CapacityExceededException">There is no room, and <c>WhenFull</c> is <see cref="WhenFull.Throw"/>.</exception>
    /// <exception cref="InvalidOperationException">The handle is a <c>DbContext</c>'s.</exception>
    [OverloadResolutionPriority(1)] // Post(new() { ... }) is one point
    public ValueTask Post(TPoint point, CancellationToken cancellationToken = default)
    {
        if (point is null)
        {
            throw new RejectedPointException(typeof(TPoint).Name, "the point is null");
        }

        Scope.ThrowIfDisposed();
        var accepted = Plan.Lane.Accept(KeyOf(point), TPoint.ValueOf(point), InstantOf(point, Scope.Now));
        return Scope.PostAsync(Plan.Lane, accepted, cancellationToken);
    }

    /// <summary>Hands points to the store's background writer. They are written one by one, not all or nothing.</summary>
    /// <param name="points">The points, in write order; those without a time of their own count for now.</param>
    /// <param name="cancellationToken">Stops waiting for room; the points from there on are not accepted.</param>
    /// <returns>Ends when all points are accepted.</returns>
    /// <exception cref="RejectedPointException">A member cannot be stored; says which point. Those before it are accepted.</exception>
    /// <exception cref="CapacityExceededException">There is no room, and <c>WhenFull</c> is <see cref="WhenFull.Throw"/>.</exception>
    /// <exception cref="InvalidOperationException">The handle is a <c>DbContext</c>'s.</exception>
    public async ValueTask Post(IEnumerable<TPoint> points, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        var index = 0L;
        foreach (var point in points)
        {
            try
            {
                await Post(point, cancellationToken).ConfigureAwait(false);
            }
            catch (RejectedPointException refused)
            {
                throw new RejectedPointException(refused, index);
            }

            index++;
        }
    }

    /// <summary>Removes everything, in every interval; of a series with namespaces what is in this one.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="WriteFailedException">The database refused or did not answer in time.</exception>
    public async ValueTask DeleteAllAsync(CancellationToken cancellationToken = default) =>
        await Scope.ExecuteAsync(
            typeof(TPoint),
            [.. Plan.Tables.SelectMany(t => t.Statements.DeleteAll).Select(sql => (sql, (IParameters)new NamespaceParameter(Namespace)))],
            cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Removes dead buckets from disk, in all namespaces. Safe to run at any time, on several machines at once; reads never show them anyway.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The number of rows removed.</returns>
    /// <exception cref="WriteFailedException">The database refused or did not answer in time.</exception>
    public async ValueTask<long> ExpireAsync(CancellationToken cancellationToken = default)
    {
        Scope.ThrowIfReadOnly();
        var now = Scope.Now;
        var removed = 0L;
        foreach (var table in Plan.Tables.Where(t => t.Expires))
        {
            // A transaction per table: a long clean-up never holds more locks than it must.
            removed += await Scope.ExecuteAsync(typeof(TPoint), [(table.Statements.Expire.For(0), new InstantParameters(table.OldestLive(now)))],
                cancellationToken).ConfigureAwait(false);
        }

        return removed;
    }

    /// <summary>
    /// Computes an interval anew from a finer one of the same series, in all namespaces, while others write and read: after an interval was declared later
    /// than the others, or when its rows were lost. Each key changes at once; should the process end before, what it did stays, and running it again does the
    /// rest.
    /// </summary>
    /// <param name="interval">The interval, such as <c>series.Day</c>.</param>
    /// <param name="from">
    /// A finer one, such as <c>series.Minute</c>. Buckets of which it holds only a part, because of its <c>keep</c> or because it was declared later, stay as
    /// they are.
    /// </param>
    /// <param name="cancellationToken">Stops after the present transaction.</param>
    /// <exception cref="ArgumentException">
    /// The intervals are not of this series, or the buckets of the finer one do not fit into those of the other.
    /// </exception>
    /// <exception cref="NotSupportedException">The type is Series, which keeps points and no buckets.</exception>
    /// <exception cref="WriteFailedException">The database refused or did not answer in time.</exception>
    public ValueTask RebuildAsync(ISeriesInterval interval, ISeriesInterval from, CancellationToken cancellationToken = default) =>
        new IntervalRebuild<TKey>(Scope, Plan.Definition, Own(interval, nameof(interval))).RunAsync(Own(from, nameof(from)), cancellationToken);

    private IntervalPlan Own(ISeriesInterval interval, string parameter)
    {
        ArgumentNullException.ThrowIfNull(interval, parameter);
        return Plan.Intervals.Contains(interval.Plan)
            ? interval.Plan
            : throw new ArgumentException($"'{interval.Plan.Interval.Name}' is no interval of {typeof(TPoint).Name}.", parameter);
    }

    /// <summary>Writes one point given by its parts. Emitted inserts call this.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ValueTask<InsertResult> InsertPointAsync(TKey key, TValue value, DateTimeOffset? at, CancellationToken cancellationToken) =>
        InsertPointAsync(key, value, count: 1, at, cancellationToken);

    /// <summary>Posts one point given by its parts. Emitted posts call this.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ValueTask PostPoint(TKey key, TValue value, DateTimeOffset? at, CancellationToken cancellationToken) =>
        PostPoint(key, value, count: 1, at, cancellationToken);

    /// <summary>Writes one point that stands for several. Emitted inserts call this.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ValueTask<InsertResult> InsertPointAsync(TKey key, TValue value, long count, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var buffer = NewBuffer();
        buffer.Add(TKey.InNamespace(key, Namespace), value, at is { } time ? Instant.From(time) : Scope.Now, count);
        return WriteAsync(buffer, cancellationToken);
    }

    /// <summary>Posts one point that stands for several. Emitted posts call this.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ValueTask PostPoint(TKey key, TValue value, long count, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        Scope.ThrowIfDisposed();
        var accepted = Plan.Lane.Accept(TKey.InNamespace(key, Namespace), value, at is { } time ? Instant.From(time) : Scope.Now, count);
        return Scope.PostAsync(Plan.Lane, accepted, cancellationToken);
    }

    /// <summary>Posts a point of what watches the application, which is dropped rather than waits.</summary>
    /// <exception cref="RejectedPointException">A member cannot be stored.</exception>
    internal void PostOrDrop(in TKey key, TValue value, long instant) =>
        Scope.Writer!.TryPost(Plan.Lane, Plan.Lane.Accept(key, value, instant), isKept: false);

    /// <summary>Posts a point of what watches the application, where there is room; otherwise the caller keeps it.</summary>
    /// <exception cref="RejectedPointException">A member cannot be stored.</exception>
    internal bool TryPost(in TKey key, TValue value, long instant, long count = 1) =>
        Scope.Writer!.TryPost(Plan.Lane, Plan.Lane.Accept(key, value, instant, count), isKept: true);

    private protected ValueTask<IReadOnlyDictionary<string, BucketExtent>> PropertiesAsync(KeySet<TKey> key, CancellationToken cancellationToken)
    {
        Scope.ThrowIfDisposed();
        return Scope.ReadAsync(
            new("the first and last buckets", Plan.Definition.Name), (session, token) => ExtentsAsync(session, key, token), cancellationToken);
    }

    private async ValueTask<IReadOnlyDictionary<string, BucketExtent>> ExtentsAsync(Session session, KeySet<TKey> key, CancellationToken cancellationToken)
    {
        var now = Scope.Now;
        var extents = new Dictionary<string, BucketExtent>(StringComparer.Ordinal);
        foreach (var interval in Plan.Intervals)
        {
            var query = new ExtentQuery<TKey>(key, interval.Interval.OldestLive(now));
            await session.ReadAsync(interval.Statements.Extent.For(1), query, cancellationToken).ConfigureAwait(false);
            if (query.Result is var (first, last))
            {
                extents.Add(interval.Interval.Name, new(Start(interval, first), Start(interval, last)));
            }
        }

        return extents;
    }

    /// <summary>The rows of an interval in the handle's context.</summary>
    private protected Func<IQueryable<TRow>> Rows<TRow>(int index)
        where TRow : class => () => Scope.Rows<TRow>(Plan.Definition, Plan.Intervals[index].Interval, Namespace);

    private static DateTimeOffset Start(IntervalPlan interval, long position) => Instant.ToDateTimeOffset(interval.Interval.BucketOf(position));

    private PointBuffer<TKey, TValue> NewBuffer()
    {
        Scope.ThrowIfDisposed();
        Scope.ThrowIfReadOnly();
        return Plan.Lane.NewBuffer();
    }

    private TKey KeyOf(TPoint point) => TKey.InNamespace(TPoint.KeyOf(point), Namespace);

    private void Add(PointBuffer<TKey, TValue> buffer, TPoint point, long now)
    {
        if (point is null)
        {
            throw new RejectedPointException(typeof(TPoint).Name, "the point is null", buffer.Count);
        }

        try
        {
            buffer.Add(KeyOf(point), TPoint.ValueOf(point), InstantOf(point, now));
        }
        catch (RejectedPointException rejected)
        {
            // Members, columns and keys know what is wrong, but not which point it is.
            throw new RejectedPointException(rejected.Member, rejected.Reason, buffer.Count);
        }
    }

    private static long InstantOf(TPoint point, long now) => TPoint.TimeOf(point) is { } time ? Instant.From(time) : now;

    private async ValueTask<InsertResult> WriteAsync(PointBuffer<TKey, TValue> buffer, CancellationToken cancellationToken)
    {
        if (buffer.Count == 0)
        {
            return default;
        }

        var write = new PendingPoints<TKey, TValue>(Plan.Lane, buffer, WriteMode.Call, Scope.Writer);
        await Scope.WriteAsync(write, cancellationToken).ConfigureAwait(false);
        return new InsertResult(write.Committed - write.Lost, write.Skipped);
    }

    /// <summary>Points of an async stream that are committed together.</summary>
    private sealed class Chunk(SeriesHandle<TPoint, TKey, TValue> series) : IChunk<TPoint>
    {
        private readonly Action<UnwrittenItem>? _onRejected = series.Scope.Writer?.Options.OnRejected;
        private PointBuffer<TKey, TValue> _buffer = series.NewBuffer();
        private int _refused;

        public InsertResult Done { get; private set; }

        /// <summary>The points that were read from the source and are done.</summary>
        public long Taken { get; private set; }

        public int Count => _buffer.Count;

        public void Add(TPoint item)
        {
            var now = series.Scope.Now;
            try
            {
                series.Add(_buffer, item, now);
            }
            catch (RejectedPointException refused) when (_onRejected is not null && item is not null)
            {
                var time = Instant.ToDateTimeOffset(InstantOf(item, now));
                _refused++;
                _onRejected(new UnwrittenPoint<TKey, TValue>(typeof(TPoint), TPoint.KeyOf(item), TPoint.ValueOf(item), time, refused, mayBeWritten: false)
                {
                    Namespace = series.Namespace,
                });
            }
        }

        public async ValueTask WriteAsync()
        {
            var (buffer, refused) = (_buffer, _refused);
            (_buffer, _refused) = (series.NewBuffer(), 0);
            if (buffer.Count == 0)
            {
                Taken += refused;
                return;
            }

            var mode = _onRejected is null ? WriteMode.Call : WriteMode.Stream;
            var write = new PendingPoints<TKey, TValue>(series.Plan.Lane, buffer, mode, series.Scope.Writer);
            try
            {
                await series.Scope.WriteAsync(write, CancellationToken.None).ConfigureAwait(false);
                Taken += refused;
            }
            finally
            {
                // A stream of which some items are refused is committed in parts.
                Done = new(Done.Stored + write.Committed - write.Lost, Done.Skipped + write.Skipped);
                Taken += write.Committed + write.Rejected;
            }

            if (write.HandlerError is { } thrown)
            {
                ExceptionDispatchInfo.Throw(thrown);
            }
        }
    }
}
