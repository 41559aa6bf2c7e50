namespace Typed.Streams.Reading;

/// <summary>The size of a page: how much is fetched at once.</summary>
internal static class EventPageSize
{
    /// <summary>The most rows of a page.</summary>
    public const int MostRows = 5_000;

    /// <summary>The rows of a loop's first page, before the size of events is known; many loops end inside that page.</summary>
    public const int FirstRows = 512;

    /// <summary>Bytes of JSON after which a page ends: memory stays bounded whatever the size of events.</summary>
    public const long MostBytes = 8 << 20;

    private const int LeastRows = 16;

    /// <summary>The rows of the next page, by the size of the events of the last one.</summary>
    public static int After(EventPageQuery page) => After(page.Rows, page.Bytes);

    /// <inheritdoc cref="After(EventPageQuery)"/>
    public static int After(int rows, long bytes) => (int)Math.Clamp(MostBytes / Math.Max(1, bytes / rows), LeastRows, MostRows);
}

/// <summary>
/// The pages of a range, one after the other. Where reading costs the caller neither its thread nor its connection, the next page is fetched while one is
/// handed out: the server then works beside the loop, as it does under a single long answer.
/// </summary>
internal sealed class EventPages<TBody> : IAsyncDisposable
    where TBody : IEventBody<TBody>
{
    private readonly EventSource<TBody> _source;
    private readonly bool _descending;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenSource _leaving;

    private IdRange _range;
    private long _left;
    private int _rows;

    /// <summary>Whether the next page is the first one, after which the loop may end.</summary>
    private bool _isFirst = true;

    /// <summary>The page on its way, if any.</summary>
    private Task<EventPage<TBody>>? _ahead;

    public EventPages(EventSource<TBody> source, IdRange range, bool descending, long take, int firstRows, CancellationToken cancellationToken)
    {
        (_source, _range, _descending, _left, _rows) = (source, range, descending, take, firstRows);
        _cancellationToken = cancellationToken;
        _leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    private bool HasMore => !_range.IsEmpty && _left > 0;

    /// <summary>The next page, which the caller disposes; null when there is none.</summary>
    public async ValueTask<EventPage<TBody>?> NextAsync()
    {
        if (_ahead is null && !HasMore)
        {
            return null;
        }

        var fetching = _ahead ?? FetchAsync();
        await ((Task)fetching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (fetching.IsCanceled)
        {
            _cancellationToken.ThrowIfCancellationRequested(); // who cancels knows his own token only
        }

        var page = await fetching.ConfigureAwait(false);
        _ahead = null;
        MoveBehind(page);
        if (!_isFirst && HasMore && _source.Scope.Database.ReadsBesideTheCaller)
        {
            _ahead = FetchAsync();
        }

        _isFirst = false;
        return page;
    }

    /// <summary>Cancels the page on its way, so that a loop that was left holds no connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ahead is { } ahead)
        {
            await _leaving.CancelAsync().ConfigureAwait(false);

            // Nobody waits for the page, so nobody needs its error.
            await ((Task)ahead).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ahead.IsCompletedSuccessfully)
            {
                (await ahead.ConfigureAwait(false)).Dispose();
            }
        }

        _leaving.Dispose();
    }

    private Task<EventPage<TBody>> FetchAsync() => _source.ReadPageAsync(_range, _descending, (int)Math.Min(_rows, _left), _leaving.Token).AsTask();

    private void MoveBehind(EventPage<TBody> page)
    {
        if (!page.IsFull)
        {
            _left = 0;
            return;
        }

        _left -= page.Rows;
        _range = _range.After(page.LastId, _descending);
        _rows = EventPageSize.After(page);
    }
}
