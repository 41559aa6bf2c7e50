using Microsoft.Extensions.Time.Testing;

namespace Typed.Tests.Harness.Time;

/// <summary>The time stands still until a test moves it, but timers run: a write that waits and is tried again would wait for ever by those of a FakeTimeProvider.</summary>
public sealed class StoppedClock(DateTimeOffset now) : FakeTimeProvider(now)
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, dueTime, period);
}
