using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Typed.Generator.Tests.Rules;

/// <summary>LINQ on a range of buckets looks like a query and is none.</summary>
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

    private static Task<ImmutableArray<Diagnostic>> Expect(string expression) => Rule.ExpectAsync(
        $$"""
        public static class User
        {
            public static async Task<object> Use(BucketRange<long, TotalStatistics<long>> range, OpenBucketRange<long, TotalStatistics<long>> open, IAsyncEnumerable<Bucket<long>> other) => {{expression}};
        }
        """,
        "TYP1024");
}
