using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Typed.Generator.Tests.Rules;

/// <summary>LINQ on a range of buckets or events looks like a query and is none.</summary>
public class InMemoryRules
{
    [Theory]
    [InlineData("range.[|Where|](b => b.Value > 3)")]
    [InlineData("range.[|OrderBy|](b => b.Value)")]
    [InlineData("range.[|OrderByDescending|](b => b.Value).ThenBy(b => b.Start)")]
    [InlineData("range.[|Take|](3)")]
    [InlineData("range.SkipEmpty().[|Skip|](1).Where(b => b.Value > 3)")] // said once
    [InlineData("range?.[|Where|](b => b.Value > 3)!")]
    [InlineData("await range.[|CountAsync|](b => b.Value > 3)")]
    [InlineData("await range.[|LastAsync|]()")]
    [InlineData("await range.[|AnyAsync|](b => b.Value > 3)")]
    [InlineData("await range.[|FirstOrDefaultAsync|](b => b.Value > 3)!")]
    [InlineData("[|AsyncEnumerable.Where|](range, b => b.Value > 3)")]
    [InlineData("AsyncEnumerable.[|Reverse|](source: range)")]
    [InlineData("from b in range [|where b.Value > 3|] select b.Start")]
    public async Task It_is_told(string expression)
    {
        var reported = await Expect(expression.Replace("[|AsyncEnumerable.Where|]", "AsyncEnumerable.[|Where|]", StringComparison.Ordinal));

        var one = Assert.Single(reported);
        Assert.Equal(DiagnosticSeverity.Warning, one.Severity);
        Assert.Contains("works in memory, on all buckets of the range", one.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("await range.ToListAsync()")]
    [InlineData("await range.ToDictionaryAsync(b => b.Start)")]
    [InlineData("range.Select(b => b.Value)")]
    [InlineData("await range.FirstAsync()")] // reads the first page
    [InlineData("range.WithCancellation(default)")]
    [InlineData("await range.CollapseAsync()")]
    [InlineData("range.Stats().Where(b => b.Value.Count > 3)")] // computed in the database; what is left is small
    [InlineData("other.Where(b => b.Value > 3)")]
    [InlineData("(await range.ToListAsync()).Where(b => b.Value > 3)")]
    [InlineData("open.Take(3)")] // the range's own
    public Task The_rest_is_not(string expression) => Expect(expression);

    [Fact]
    public Task Nor_is_a_loop() => Rule.ExpectAsync(
        """
        public static class User
        {
            public static async Task Use(BucketRange<long, TotalStatistics<long>> range) { await foreach (var bucket in range) { } }
        }
        """);

    [Theory]
    [InlineData("range.[|Where|](e => e.Body.N > 1)")]
    [InlineData("stream.[|Where|](e => e.Body.N > 1)")]
    [InlineData("queryable.[|OrderBy|](e => e.Body.N)")]
    [InlineData("stream.From(default).[|Reverse|]()")]
    [InlineData("range.[|Skip|](1)")]
    [InlineData("range.[|Take|](1..3)")]
    [InlineData("range.[|GroupBy|](e => e.Body.N)")]
    [InlineData("await range.[|CountAsync|](e => e.Body.N > 1)")]
    [InlineData("await range.[|LongCountAsync|]()")]
    [InlineData("(await range.[|MaxByAsync|](e => e.Body.N))!")]
    [InlineData("await range.[|LastAsync|]()")]
    [InlineData("await range.[|FirstOrDefaultAsync|](e => e.Body.N > 1)!")]
    [InlineData("await range.[|AnyAsync|](e => e.Body.N > 1)")]
    [InlineData("from e in stream.Descending() [|where e.Body.N > 1|] select e.Id")]
    public async Task Events_are_fetched_too(string expression)
    {
        var reported = await ExpectOfEvents(expression);

        Assert.Contains("query AsQueryable() on a handle of a DbContext", Assert.Single(reported).GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("range.Take(3)")] // the range's own
    [InlineData("await stream.CountAsync()")]
    [InlineData("(await range.FirstOrDefaultAsync())!")]
    [InlineData("(await range.LastOrDefaultAsync())!")]
    [InlineData("await range.FirstAsync()")] // reads the first page
    [InlineData("await range.AnyAsync()")]
    [InlineData("await range.ToListAsync()")]
    [InlineData("range.Select(e => e.Body)")]
    [InlineData("range.OfType<object>()")]
    [InlineData("queryable.AsQueryable().Where(e => e.Body.N > 1)")]
    public Task The_rest_of_events_is_not(string expression) => ExpectOfEvents(expression);

    private static Task<ImmutableArray<Diagnostic>> ExpectOfEvents(string expression) => Rule.ExpectAsync(
        $$"""
        [EventStream] public partial record Visit(int N);
        public static class User
        {
            public static async Task<object> Use(EventRange<Visit> range, EventStream<Visit> stream, QueryableEventStream<Visit> queryable) => {{expression}};
        }
        """,
        "TYP2016");

    private static Task<ImmutableArray<Diagnostic>> Expect(string expression) => Rule.ExpectAsync(
        $$"""
        public static class User
        {
            public static async Task<object> Use(BucketRange<long, TotalStatistics<long>> range, OpenBucketRange<long, TotalStatistics<long>> open, IAsyncEnumerable<Bucket<long>> other) => {{expression}};
        }
        """,
        "TYP1024");
}
