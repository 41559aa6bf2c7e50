namespace Typed.Runtime.Tests.Consuming;

/// <summary>Waits for what others do; a test that waits in vain is ended by its runner's limit.</summary>
internal static class Waiting
{
    public static Task UntilAsync(Func<bool> isDone) => UntilAsync(() => Task.FromResult(isDone()));

    public static async Task UntilAsync(Func<Task<bool>> isDone)
    {
        while (!await isDone())
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
