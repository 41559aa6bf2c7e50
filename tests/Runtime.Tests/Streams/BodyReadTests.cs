using System.Text;
using Typed.Streams.Json;

namespace Typed.Runtime.Tests.Streams;

public sealed class BodyReadTests
{
    [Theory]
    [InlineData("""{"n":"x"}""", "$.n", "expected an integer of 32 bits, found \"x\"")]
    [InlineData("""{"n":1,"inside":{"name":"a","d":[]}}""", "$.inside.d", "expected a number, found []")]
    [InlineData("""{"n":1,"list":[null,{"name":"a"},{"name":4}]}""", "$.list[2].name", "expected a text, found 4")]
    [InlineData("""{"n":1,"tags":["a",5]}""", "$.tags[1]", "expected a text, found 5")]
    [InlineData("""{"n":1,"map":{"a":"x","b":{}}}""", "$.map.b", "expected a text, found {}")]
    [InlineData("""{"n":1,"inside":{"s":"x"}}""", "$.inside", "required member missing: name")]
    [InlineData("""{"inside":null}""", "$", "required member missing: n")]
    [InlineData("""{"n":1,"last_seen":"2026-03-21T10:11:12"}""", "$.last_seen", "ending in Z, found \"2026-03-21T10:11:12\"")]
    [InlineData("""{"n":1,"next":{"n":2,"next":[1,[2]]}}""", "$.next.next", "expected an object, found [1,[2]]")]
    [InlineData("""[1]""", "$", "expected an object, found [1]")]
    [InlineData("""{"n":1,"tags":["\ud800"]}""", "$.tags[0]", "Found \"\\ud800\"")]
    [InlineData("""{"n":1,"tags":[}""", "$.tags", "Found }")]
    [InlineData("", "$", "")]
    public void An_error_says_where_and_what(string json, string path, string message)
    {
        var refused = Assert.Throws<EventReadException>(() => BodyText.Read<Nest>(Encoding.UTF8.GetBytes(json)));
        Assert.Equal(path, refused.Path);
        Assert.StartsWith(path + ": ", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(message, refused.Message.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_members_that_may_be_null_are_null()
    {
        var read = BodyText.Read<Nest>("""{"n":1}"""u8)!;
        Assert.Equal((1, null, null), (read.N, read.Inside, read.List));
    }
}
