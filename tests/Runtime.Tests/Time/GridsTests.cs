using Typed.Time;
using static Typed.Runtime.Tests.Time.Times;

namespace Typed.Runtime.Tests.Time;

/// <summary>The statics of emitted code give what the grids of the same step give.</summary>
public class GridsTests
{
    [Theory]
    [InlineData("7s", 7)]
    [InlineData("5m", 300)]
    [InlineData("36525d", StepSpec.MaxSeconds)]
    public void Fixed_widths(string words, long seconds) => Agree(words, instant => Grids.Floor(instant, seconds * Instant.PerSecond));

    [Fact]
    public void Days() => Agree("daily", Grids.FloorDayUtc);

    [Fact]
    public void Weeks() => Agree("weekly", Grids.FloorWeekUtc);

    [Fact]
    public void Months() => Agree("monthly", Grids.FloorMonthUtc);

    [Fact]
    public void Years() => Agree("yearly", Grids.FloorYearUtc);

    private static void Agree(string words, Func<long, long> floor)
    {
        var grid = Grid(words);
        ForAll(Any, instant => Assert.Equal(grid.Floor(instant), floor(instant)), tries: 5_000);
        Assert.Equal(grid.Floor(Instant.Max), floor(Instant.Max));
        Assert.Equal(Outcome(grid.Floor, Instant.Min), Outcome(floor, Instant.Min));
        foreach (var instant in new[] { Instant.Min - 1, Instant.Max + 1, long.MinValue, long.MaxValue })
        {
            Assert.Equal(instant, Assert.Throws<ArgumentOutOfRangeException>(() => floor(instant)).ActualValue);
        }
    }

    private static string Outcome(Func<long, long> floor, long instant)
    {
        try
        {
            return Instant.Text(floor(instant));
        }
        catch (ArgumentOutOfRangeException e)
        {
            return e.Message;
        }
    }
}
