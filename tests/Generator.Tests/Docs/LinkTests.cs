using System.Text.RegularExpressions;

namespace Typed.Generator.Tests.Docs;

/// <summary>Links of the pages lead somewhere: to a file of the repository, and to a heading of it where they name one.</summary>
public partial class LinkTests
{
    public static TheoryData<string> Pages { get; } = [.. Page.All];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_somewhere(string page) => Assert.Empty(Dead(page, Page.Text(page)));

    [Fact]
    public void Pages_that_are_named_in_code_exist() =>
        Assert.All(
            Page.All.SelectMany(page => Named().Matches(Page.Text(page)).Select(match => match.Groups["path"].Value)).Distinct(StringComparer.Ordinal),
            path => Assert.True(File.Exists(Path.Combine(Page.Root, path)), path));

    [Theory]
    [InlineData("[x](docs/nowhere.md)")]
    [InlineData("[x](docs/storage.md#no-such-heading)")]
    [InlineData("[x](#nor-here)")]
    public void A_dead_link_is_found(string text) => Assert.Single(Dead("README.md", text));

    [Theory]
    [InlineData("[x](docs/storage.md#the-stores-own-tables)")]
    [InlineData("[x](docs/) [y](https://example.org/a#b)")]
    [InlineData("`[x](nowhere.md)`\n```csharp\n[x](nowhere.md)\n```")]
    [InlineData("# What `Post` is\n[x](#what-post-is)")]
    public void A_living_one_is_not(string text) => Assert.Empty(Dead("README.md", text));

    private static IEnumerable<string> Dead(string page, string text)
    {
        foreach (var target in Links().Matches(Code().Replace(text, "")).Select(match => match.Groups["target"].Value).Where(target => !target.Contains("://", StringComparison.Ordinal)))
        {
            var (path, anchor) = target.Split('#', 2) is [var before, var after] ? (before, after) : (target, null);
            var file = path.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, path);
            var place = Path.Combine(Page.Root, file);
            if (!Path.Exists(place) || (anchor is not null && !Anchors(path.Length == 0 ? text : Page.Text(file)).Contains(anchor, StringComparer.Ordinal)))
            {
                yield return target;
            }
        }
    }

    /// <summary>As GitHub makes them: lower case, hyphens for blanks, other signs left out.</summary>
    private static IEnumerable<string> Anchors(string text) =>
        Headings().Matches(Fences().Replace(text, "")).Select(match =>
            string.Concat(match.Groups["title"].Value.ToLowerInvariant().Where(sign => char.IsLetterOrDigit(sign) || sign is ' ' or '-' or '_')).Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Links();

    [GeneratedRegex("^#+ (?<title>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Headings();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Fences();

    [GeneratedRegex("^```.*?^```|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Code();

    [GeneratedRegex(@"`(?<path>docs/[a-z0-9/-]+\.md)`", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Named();
}
