using System.Globalization;

namespace Typed.Generator.Tests.Harness.SelfTests;

public class AnalyzeTests
{
    private const string Marked = """
        class [|lower|] { int {|TOY2:x|}; }
        class Upper { }
        """;

    [Fact]
    public async Task Squiggles_lie_where_they_are_marked()
    {
        var reported = await Analyze.ExpectAsync(new ToyAnalyzer(), Marked, "TOY1");

        Assert.Equal("lower wants a capital", reported[0].GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("class lower;")] // reported, not marked
    [InlineData("class [|Upper|];")] // marked, not reported
    [InlineData("[|class lower|];")] // elsewhere
    [InlineData("class {|TOY2:lower|};")] // another rule
    [InlineData("class {|TOY3:lower|};")] // no rule of this analyzer
    [InlineData("class [|lower;")] // not closed
    [InlineData("class Upper { Unknown u; }")] // does not compile
    [InlineData("class throws;")] // the analyzer throws
    [InlineData("partial class [|lower|] { } partial class RedToy { string z = RedToy.Name; }")] // needs a generator
    public async Task What_is_not_as_marked_fails(string marked) =>
        await Assert.ThrowsAnyAsync<Exception>(() => Analyze.ExpectAsync(new ToyAnalyzer(), marked, "TOY1"));

    [Fact]
    public async Task Pragmas_count_and_brackets_are_not_marks() => await Analyze.ExpectAsync(
        new ToyAnalyzer(),
        """
        #pragma warning disable TOY1
        class lower { int[] y = [1 | 2]; bool z = (new int[] {}) is [1 or 2, ..] || true; }
        """);

    [Fact]
    public async Task Emitted_code_is_there() => await Analyze.ExpectAsync(
        new ToyAnalyzer(), "partial class [|redToy|] { string z = redToy.Name; }", "TOY1", new ToyGenerator());

    [Fact]
    public async Task A_fix_is_applied() => await Fix.ExpectAsync(
        new ToyAnalyzer(), new ToyFix(), "class [|lower|] { }\n", "class Lower { }\n", "Capital", id: "TOY1");

    [Theory]
    [InlineData("class {|TOY1:lower|} { }", "class {|TOY1:lower|} { }", "Capital")] // another result
    [InlineData("class {|TOY1:lower|} { }", "class LOWER { }", null)] // several offers
    [InlineData("class Upper { }", "class Upper { }", "Capital")] // nothing to mend
    [InlineData("class {|TOY1:lower|} { } class Lower { }", "class Lower { } class Lower { }", "Capital")] // broken afterwards
    public async Task A_fix_that_goes_wrong_fails(string source, string expected, string? title) =>
        await Assert.ThrowsAnyAsync<Exception>(() => Fix.ExpectAsync(new ToyAnalyzer(), new ToyFix(), source, expected, title));
}
