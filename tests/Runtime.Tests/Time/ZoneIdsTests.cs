using Typed.Time;

namespace Typed.Runtime.Tests.Time;

public class ZoneIdsTests
{
    [Theory]
    [InlineData("UTC", true)]
    [InlineData("Europe/Paris", true)]
    [InlineData("America/Argentina/Buenos_Aires", true)]
    [InlineData("US/Pacific", true)]              // a backward link
    [InlineData("America/Coyhaique", true)]       // new in 2025b
    [InlineData("Europe/paris", false)]
    [InlineData("utc", false)]
    [InlineData("Romance Standard Time", false)]
    [InlineData("posix/Europe/Paris", false)]
    [InlineData("localtime", false)]
    [InlineData("", false)]
    public void Ids_are_those_of_IANA_in_their_exact_case(string id, bool known) => Assert.Equal(known, ZoneIds.Contains(id));

    [Fact]
    public void The_list_is_complete_sorted_and_without_repetition()
    {
        string[] ids = [.. ZoneIds.All];
        Assert.Equal(598, ids.Length);
        Assert.Equal(ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), ids, StringComparer.Ordinal);
    }
}
