using System.Runtime.InteropServices;
using Typed.Time;

namespace Typed.Series.Reading;

/// <summary>A range of all keys, key after key, read anew by each enumeration.</summary>
internal sealed class AllKeysSequence<TKey, TItem>(AllKeysSource<TKey> source, AllKeysReader<TItem> reader, RangeRequest request, bool skipEmpty)
    : IAsyncEnumerable<KeyedBucket<TKey, TItem>>
    where TKey : struct, ISeriesKey<TKey>
{
    public IAsyncEnumerator<KeyedBucket<TKey, TItem>> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new Enumerator(source, reader, request, skipEmpty, cancellationToken);

    /// <summary>Written out for the same reason as that of <see cref="BucketSequence{TKey, TItem}"/>.</summary>
    private sealed class Enumerator(
        AllKeysSource<TKey> source, AllKeysReader<TItem> reader, RangeRequest request, bool skipEmpty, CancellationToken cancellationToken)
        : IAsyncEnumerator<KeyedBucket<TKey, TItem>>
    {
        private bool _started;
        private bool _read;
        private BucketSpan _span;
        private long? _first;
        private long? _last;
        private int _rows = BucketPageSize.Rows;
        private KeyPlace<TKey>? _after;
        private List<KeyedRow<TKey, TItem>> _page = [];
        private int _index;

        /// <summary>The key of the current bucket; null before the first.</summary>
        private TKey? _key;

        /// <summary>The start of the bucket that the key has next, empty or not; null at the end of time, and where empty ones are left out.</summary>
        private long? _next;

        public KeyedBucket<TKey, TItem> Current { get; private set; }

        public ValueTask<bool> MoveNextAsync()
        {
            cancellationToken.ThrowIfCancellationRequested();
            return TryNext() ? new(result: true) : FetchAsync();
        }

        // The connection is held inside FetchAsync only.
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private bool TryNext()
        {
            if (_index >= _page.Count)
            {
                return _read && TryGiveRest();
            }

            ref readonly var row = ref CollectionsMarshal.AsSpan(_page)[_index];
            if (_key is not { } key || !key.Equals(row.Key))
            {
                if (TryGiveRest())
                {
                    return true;
                }

                _key = row.Key;
                _next = skipEmpty ? null : _first;
            }

            if (_next is { } gap && gap < row.Start)
            {
                Give(gap, reader.Nothing);
            }
            else
            {
                Give(row.Start, reader.Finish(row.Item, row.Start));
                _index++;
            }

            return true;
        }

        /// <summary>The empty buckets after the last one of a key that has data.</summary>
        private bool TryGiveRest()
        {
            if (_key is null || _next is not { } gap || !(gap <= _last))
            {
                return false;
            }

            Give(gap, reader.Nothing);
            return true;
        }

        private void Give(long start, TItem item)
        {
            Current = new(TKey.InNamespace(_key.GetValueOrDefault(), seriesNamespace: null), new(reader.Interval, start, item));
            _next = !skipEmpty && reader.Interval.Step.TryNext(start, out var next) ? next : null;
        }

        private async ValueTask<bool> FetchAsync()
        {
            if (!_started)
            {
                _started = true;
                if (source.Resolve(request) is not var (span, first, last))
                {
                    _read = true;
                    return false;
                }

                (_span, _first, _last) = (span, first, last);
            }

            if (_read)
            {
                return false;
            }

            (_page, _after) = await source.ReadPageAsync(reader, _span, _after, _rows, cancellationToken).ConfigureAwait(false);
            (_index, _read) = (0, _after is null);

            // What is sorted once for every page is sorted a few times: pages grow.
            _rows = reader.Sorts ? BucketPageSize.Larger(_rows) : _rows;
            return TryNext();
        }
    }
}
