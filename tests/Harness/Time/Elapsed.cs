using System.Diagnostics;
using Xunit;

namespace Typed.Tests.Harness.Time;

/// <summary>
/// How long something took that has a deadline. Tests run beside each other, so that a busy machine may add some seconds; alone, in the soak form
/// (<c>TYPED_SOAK=1</c>), it may not.
/// </summary>
public static class Elapsed
{
    private static readonly TimeSpan s_besideOthers = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("TYPED_SOAK") is "1" ? 0 : 8);

    /// <param name="started">When it began, by <see cref="Stopwatch.GetTimestamp"/>.</param>
    /// <param name="least">The least seconds that it takes.</param>
    /// <param name="most">The most seconds that it takes on a machine that does nothing else.</param>
    public static void InRange(long started, double least, double most) =>
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most) + s_besideOthers);
}
