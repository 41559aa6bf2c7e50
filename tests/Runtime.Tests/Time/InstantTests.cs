using System.Globalization;
using Typed.Time;
using static Typed.Runtime.Tests.Time.Times;

namespace Typed.Runtime.Tests.Time;

public class InstantTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00.0000019Z", 1)]
    [InlineData("1969-12-31T23:59:59.9999999Z", -1)]
    [InlineData("1969-12-31T23:59:59.9999990Z", -1)]
    [InlineData("1969-12-31T23:59:59.9999989Z", -2)]
    [InlineData("1970-01-01T02:00:00+02:00", 0)]
    [InlineData("0001-01-01T00:00:00Z", Instant.Min)]
    [InlineData("9999-12-31T23:59:59.9999999Z", Instant.Max)]
    public void Times_are_cut_toward_the_past(string text, long instant) => Assert.Equal(instant, At(text));

    [Fact]
    public void Every_instant_comes_back() => ForAll(Between(Instant.Min, Instant.Max), static instant =>
    {
        var time = Instant.ToDateTimeOffset(instant);
        Assert.Equal(TimeSpan.Zero, time.Offset);
        Assert.Equal(instant, Instant.From(time));
        Assert.Equal(instant, Instant.From(time.ToOffset(TimeSpan.FromHours(instant % 2 == 0 && time.Year is > 1 and < 9999 ? 3 : 0))));
    });

    [Theory]
    [InlineData(Instant.Min - 1)]
    [InlineData(Instant.Max + 1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void An_instant_outside_the_years_is_refused_by_name(long instant)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Instant.ToDateTimeOffset(instant));
        Assert.Equal(instant, error.ActualValue);
        Assert.Contains(instant.ToString(CultureInfo.InvariantCulture) + " µs", error.Message, StringComparison.Ordinal);
    }
}
