using System.Runtime.InteropServices;

namespace Typed.Series.Reading;

/// <summary>A range of buckets, read anew by each enumeration.</summary>
internal sealed class BucketSequence<TKey, TItem>(BucketSource<TKey, TItem> source, RangeRequest request, bool skipEmpty, bool slots)
    : IAsyncEnumerable<Bucket<TItem>>
    where TKey : struct, ISeriesKey<TKey>
{
    public IAsyncEnumerator<Bucket<TItem>> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new Enumerator(source, request, skipEmpty, slots, cancellationToken);

    /// <summary>Written out, since buckets of a page are there at once: an async iterator would start its state machine for each of them.</summary>
    private sealed class Enumerator(BucketSource<TKey, TItem> source, RangeRequest request, bool skipEmpty, bool slots, CancellationToken cancellationToken)
        : IAsyncEnumerator<Bucket<TItem>>
    {
        private bool _started;
        private PageSpans? _spans;
        private long _last;
        private List<BucketRow<TItem>> _page = [];
        private int _index;

        /// <summary>Where the next page starts; null when there is none.</summary>
        private long? _resume;

        /// <summary>The start of the bucket that follows the current one; null at the end of time, and where empty ones are left out.</summary>
        private long? _next;

        public Bucket<TItem> Current { get; private set; }

        public ValueTask<bool> MoveNextAsync()
        {
            cancellationToken.ThrowIfCancellationRequested();
            return TryNext() ? new(result: true) : FetchAsync();
        }

        // The connection is held inside FetchAsync only.
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private bool TryNext()
        {
            if (_index < _page.Count)
            {
                ref readonly var row = ref CollectionsMarshal.AsSpan(_page)[_index];
                if (_next is { } gap && gap < row.Start)
                {
                    Give(source.Empty(gap), gap);
                }
                else
                {
                    Give(source.Full(row), row.Start);
                    _index++;
                }

                return true;
            }

            if (_resume is null && _next is { } empty && empty <= _last)
            {
                Give(source.Empty(empty), empty);
                return true;
            }

            return false;
        }

        private void Give(Bucket<TItem> bucket, long start)
        {
            Current = bucket;
            _next = !skipEmpty && source.TryNext(start, out var next) ? next : null;
        }

        private async ValueTask<bool> FetchAsync()
        {
            if (!_started)
            {
                _started = true;
                if (await source.ResolveAsync(request, exact: !skipEmpty || source.Sorts(slots), cancellationToken).ConfigureAwait(false) is not { } range)
                {
                    return false;
                }

                _last = range.Last;
                _spans = source.Spans(range, slots);
                _resume = range.First;
                _next = skipEmpty ? null : range.First;
            }

            while (_resume is { } from)
            {
                var span = _spans!.From(from);
                var page = await source.ReadPageAsync(span, slots, skipEmpty, cancellationToken).ConfigureAwait(false);
                (_page, _resume, _index) = (page.Buckets, _spans.After(span, page), 0);
                if (TryNext())
                {
                    return true;
                }
            }

            return false;
        }
    }
}
