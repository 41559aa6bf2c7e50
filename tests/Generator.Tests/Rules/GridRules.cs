using System.Globalization;

namespace Typed.Generator.Tests.Rules;

/// <summary>Grids that do not go together, where the compiler can know: two that are joined, and one that is resampled.</summary>
public class GridRules
{
    private const string Declared =
        """
        [TimeSeries(Type = Count, Intervals = ["minute: 1m", "hour: 1h", "sixty: 60m keep 3", "odd: 7h", "day: daily", "paris: daily in Europe/Paris", "week: weekly", "seven: 7d", "month: monthly"])]
        public partial class A;
        [TimeSeries(Type = Histogram, Intervals = ["hour: 1h", "day: daily by 1h", "d24: 24h"])]
        public partial class B { [SeriesKey] public required string K { get; init; } [SeriesValue] public int V { get; init; } }

        """;

    [Theory]
    [InlineData("""A.In(store).Minute.Last(3).Join([|A.In(store).Hour.Last(3)|], (a, b) => a + b)""", "'minute: 1m' and 'hour: 1h'")]
    [InlineData("""B.In(store).Hour.For("k").Last(3).Stats().Join([|A.In(store).Day.Last(3)|], (a, b) => a.Count)""", "'hour: 1h' and 'day: daily in UTC'")]
    [InlineData("""A.In(store).Day.From(at).Take(3).Join([|A.In(store).Paris.All()|], (a, b) => a + b)""", "'day: daily in UTC' and 'paris: daily in Europe/Paris'")]
    [InlineData("""A.In(store).Day.Last(3).Join([|B.In(store).D24.For("k").Last(3)|], (a, b) => a)""", "'day: daily in UTC' and 'd24: 1d'")]
    [InlineData("""A.In(store).Minute.Last(60).Resample("30m").SkipEmpty().Join([|A.In(store).Hour.Last(3)|], (a, b) => a)""", "'minute: 30m' and 'hour: 1h'")]
    [InlineData("""A.In(store).Hour.Last(60).Stats().Moving(3).Join([|A.In(store).Minute.Last(3).Transform(n => n * 2)|], (a, b) => a.Count)""", "'hour: 1h' and 'minute: 1m'")]
    [InlineData("""A.In(store).Hour.Last(3).Join(A.In(store).Hour.Last(3), (a, b) => a).Join([|A.In(store).Week.Last(3)|], (a, b) => a)""", "'hour: 1h' and 'week: weekly in UTC'")]
    [InlineData("""hours.Join([|A.In(store).Day.Last(3)|], (a, b) => a)""", "'hour: 1h' and 'day: daily in UTC'")]
    [InlineData("""A.In(db).Hour.Last(3).Join([|A.In(db).Day.Last(3)|], (a, b) => a)""", "'hour: 1h' and 'day: daily in UTC'")]
    public async Task Joins_of_two_grids(string expression, string words)
    {
        var reported = await Rule.ExpectAsync(Use(expression), "TYP3010");

        Assert.Contains(words, Assert.Single(reported).GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""A.In(store).Hour.Last(3).Join(B.In(store).Hour.For("k").Last(3), (a, b) => a)""")]
    [InlineData("""A.In(store).Sixty.Last(3).Join(A.In(store).Hour.Last(3), (a, b) => a)""")]
    [InlineData("""A.In(store).Day.Last(3).Join(B.In(store).Day.For(["k", "l"]).Last(3).Stats(), (a, b) => a)""")]
    [InlineData("""A.In(store).Minute.Last(60).Resample("1h").Join(A.In(store).Hour.Last(3), (a, b) => a)""")]
    [InlineData("""A.In(store).Minute.Last(60).Resample(text).Join(A.In(store).Hour.Last(3), (a, b) => a)""")] // known at run time
    [InlineData("""given.Join(A.In(store).Hour.Last(3), (a, b) => a)""")]
    [InlineData("""changed.Join(A.In(store).Hour.Last(3), (a, b) => a)""")]
    [InlineData("""B.In(store).Hour.For(["k", "l"]).Last(3).Join(keys => keys[0])""")] // of keys
    public Task Others_are_not(string expression) => Rule.ExpectAsync(Use(expression));

    [Theory]
    [InlineData("Hour", "90m")]
    [InlineData("Hour", "15m")]
    [InlineData("Odd", "daily")]
    [InlineData("Odd", "weekly")]
    [InlineData("Odd", "monthly in Europe/Paris")]
    [InlineData("Day", "36h")]
    [InlineData("Week", "monthly")]
    [InlineData("Week", "7d")]
    [InlineData("Seven", "weekly")]
    [InlineData("Month", "90d")]
    [InlineData("Month", "weekly")]
    [InlineData("Month", "daily")]
    [InlineData("Hour", "fortnightly")]
    [InlineData("Hour", "daily by 1h")]
    [InlineData("Hour", "2h keep 3")]
    [InlineData("Hour", "")]
    public async Task Resamples_to_what_does_not_contain_it(string interval, string grid)
    {
        var reported = await Rule.ExpectAsync(Use($"""A.In(store).{interval}.Last(60).Resample([|"{grid}"|])"""), "TYP3011");

        Assert.Contains($"'{grid}'", Assert.Single(reported).GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Minute", "15m")]
    [InlineData("Hour", "1h")]
    [InlineData("Hour", "daily")]
    [InlineData("Hour", "daily in Asia/Kolkata")] // half an hour off: the run tells
    [InlineData("Odd", "weekly in Etc/GMT+1")]
    [InlineData("Day", "2d")]
    [InlineData("Day", "weekly")]
    [InlineData("Paris", "monthly")]
    [InlineData("Paris", "2d")]
    [InlineData("Paris", "weekly in UTC")]
    [InlineData("Month", "yearly")]
    [InlineData("Week", "weekly")]
    public Task Others_may_contain_it(string interval, string grid) => Rule.ExpectAsync(Use($"""A.In(store).{interval}.Last(60).Resample("{grid}")"""));

    private static string Use(string expression) => Declared +
        $$"""
        public static class User
        {
            public static object Use(TypedStore store, Microsoft.EntityFrameworkCore.DbContext db, string text, System.DateTimeOffset at, System.Collections.Generic.IAsyncEnumerable<Bucket<long>> given)
            {
                var hours = A.In(store).Hour.Last(3);
                var changed = A.In(store).Day.Last(3);
                changed = A.In(store).Hour.Last(3);
                return {{expression}};
            }
        }
        """;
}
