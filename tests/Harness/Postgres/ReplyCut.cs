namespace Typed.Tests.Harness.Postgres;

/// <summary>An order to keep the server's answer to itself.</summary>
/// <param name="Trigger">The client's bytes that set it off; none for any.</param>
/// <param name="Once">Whether it is used up by the first connection that it hits.</param>
/// <param name="Late">How long after the client has lost its connection the request reaches the server; null: before that.</param>
/// <param name="Swallows">Whether the rest of the request is lost, and the server is left waiting for it.</param>
internal sealed record ReplyCut(byte[] Trigger, bool Once, TimeSpan? Late = null, bool Swallows = false)
{
    private readonly TaskCompletionSource _happened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Happened => _happened.Task;

    public void Report() => _happened.TrySetResult();
}
