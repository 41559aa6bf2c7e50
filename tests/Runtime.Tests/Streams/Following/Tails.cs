namespace Typed.Runtime.Tests.Streams.Following;

/// <summary>Reads from what never ends.</summary>
internal static class Tails
{
    /// <summary>The first items.</summary>
    public static async Task<List<T>> TakeAsync<T>(IAsyncEnumerable<T> items, int count)
    {
        List<T> taken = [];
        if (count == 0)
        {
            return taken;
        }

        await foreach (var item in items.WithCancellation(TestContext.Current.CancellationToken))
        {
            taken.Add(item);
            if (taken.Count == count)
            {
                break;
            }
        }

        return taken;
    }
}
