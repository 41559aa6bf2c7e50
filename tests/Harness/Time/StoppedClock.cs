namespace Typed.Tests.Harness.Time;

/// <summary>The time stands still, but timers run: for tests in which a write waits and is tried again, where a FakeTimeProvider would wait for ever.</summary>
public sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
