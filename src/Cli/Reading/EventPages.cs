using Typed.Cli.Connections;
using Typed.Streams.Reading;

namespace Typed.Cli.Reading;

/// <summary>
/// Reads a range of events by pages: between two pages nothing is held open, and a broken connection costs one page. Memory is bounded by rows and bytes.
/// </summary>
internal sealed class EventPages(StoredDatabase database, EventTable table)
{
    private const int MostRows = 5_000;
    private const long MostBytes = 8 << 20;

    /// <summary>Hands each page to <paramref name="take"/>, with the next one on its way.</summary>
    public async Task ReadAsync(
        string streamNamespace, IdRange range, bool descending, long most, Func<EventPage, Task> take, CancellationToken cancellationToken)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var next = HasMore() ? Fetch() : null;
        try
        {
            while (next is not null)
            {
                using var page = await next;
                next = null;
                most -= page.Rows;
                if (page.IsFull)
                {
                    range = range.After(page.LastId, descending);
                    next = HasMore() ? Fetch() : null;
                }

                await take(page);
            }
        }
        finally
        {
            if (next is not null)
            {
                await leaving.CancelAsync();
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        bool HasMore() => !range.IsEmpty && most > 0;

        // On a thread of its own: SQLite reads on the caller's.
        Task<EventPage> Fetch()
        {
            var (part, rows) = (range, (int)Math.Min(MostRows, most));
            return Task.Run(
                () => database.ReadAsync(
                    descending ? table.Descending : table.Ascending, () => new EventPage(streamNamespace, part, rows, MostBytes), leaving.Token),
                leaving.Token);
        }
    }

    public async Task<long> CountAsync(string streamNamespace, IdRange range, CancellationToken cancellationToken) => range.IsEmpty ? 0
        : (await database.ListAsync(table.Count, row => row.Int64(0), cancellationToken, new RangeParameters(streamNamespace, range).Bind))[0];
}
