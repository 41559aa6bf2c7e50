using Typed.Sqlite;

namespace Typed.Runtime.Tests.Storage;

public class SqlitePatternTests
{
    [Theory]
    [InlineData("abc", null, "abc", "abc")]
    [InlineData("a%b_c", null, "a*b?c", "a")]
    [InlineData("", null, "", "")]
    [InlineData("a*b?[c]%", null, "a[*]b[?][[]c]*", "a*b?[c]")]
    [InlineData(@"100\%\_\\%", @"\", @"100%_\*", @"100%_\")]
    [InlineData("50!%%", "!", "50%*", "50%")]
    [InlineData(@"a\", @"\", @"a\", @"a\")]
    public void Patterns(string pattern, string? escape, string glob, string prefix)
    {
        Assert.Equal(glob, SqlitePatterns.ToGlob(pattern, escape));
        Assert.Equal(prefix, SqlitePatterns.Prefix(pattern, escape));
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("ab", "ac")]
    [InlineData("a\U0010FFFF", "b")]
    [InlineData("\uD7FF", "\uE000")]
    [InlineData("\uFFFF", "\U00010000")]
    public void The_least_text_beyond_a_prefix(string prefix, string after) => Assert.Equal(after, SqlitePatterns.After(prefix));

    [Theory]
    [InlineData("")]
    [InlineData("\U0010FFFF\U0010FFFF")]
    public void No_text_is_beyond_some(string prefix) => Assert.NotEmpty(Assert.IsType<byte[]>(SqlitePatterns.After(prefix)));
}
