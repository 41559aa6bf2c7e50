using System.Text;
using System.Text.Json;
using Typed.Generated;
using Typed.Streams;
using Typed.Streams.Json;

namespace Typed.Runtime.Tests.Streams;

public sealed class BodyRefusalTests
{
    private const int Limit = 1_000;

    private static readonly Nest s_fine = new(1, Inside: null, List: null, Map: null, Tags: null, Y: null);

    public static TheoryData<Nest, object[], string> Refused => new()
    {
        { s_fine with { Tags = ["a", "b\0"] }, ["tags", 1], "U+0000" },
        { s_fine with { Tags = ["a\uD800"] }, ["tags", 0], "surrogate" },
        { s_fine with { Tags = ["\uDC00\uD800"] }, ["tags", 0], "surrogate" },
        { s_fine with { Inside = new Inner("x\0", null) { Name = "n" } }, ["inside", "s"], "U+0000" },
        { s_fine with { Inside = new Inner(null, double.NaN) { Name = "n" } }, ["inside", "d"], "NaN" },
        { s_fine with { Inside = new Inner(null, null) { Name = null! } }, ["inside", "name"], "null" },
        { s_fine with { List = [null, new Inner(null, null) { Name = "n" }, new Inner("\0", null) { Name = "n" }] }, ["list", 2, "s"], "U+0000" },
        { s_fine with { Map = new(StringComparer.Ordinal) { ["a"] = "x", ["b"] = "\0" } }, ["map", "b"], "U+0000" },
        { s_fine with { Map = new(StringComparer.Ordinal) { ["\uD800"] = "x" } }, ["map", "\uD800"], "surrogate" },
        { s_fine with { Y = float.NegativeInfinity }, ["y"], "-Infinity" },
        { s_fine with { LastSeen = new DateTime(2026, 3, 21, 0, 0, 0, DateTimeKind.Local) }, ["last_seen"], "UTC" },
        { s_fine with { Raw = default(JsonElement) }, ["raw"], "without a value" },
        { s_fine with { Raw = Element("""{"a":[1,{"b":["\u0000"]}]}""") }, ["raw", "a", 1, "b", 0], "U+0000" },
        { s_fine with { Raw = Element("""{"a":"\ud800"}""") }, ["raw", "a"], "surrogate" },
        { s_fine with { Raw = Element("""[[],{"a\u0000":1}]""") }, ["raw", 1, "a\0"], "U+0000" },
        { s_fine with { Next = s_fine with { Next = s_fine with { Tags = ["\0"] } } }, ["next", "next", "tags", 0], "U+0000" },
        { s_fine with { Tags = [new string('a', Limit)] }, [], "more than 1000 bytes of JSON, the most that MaxEventBytes" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Names_the_member_and_leaves_the_buffer_as_it_was(Nest body, object[] path, string reason)
    {
        using var buffer = new BodyBuffer();
        Assert.Null(buffer.Write(s_fine, Limit));
        var before = buffer.Written.ToArray();

        var refusal = buffer.Write(body, Limit);

        Assert.NotNull(refusal);
        Assert.Equal(path, refusal.Path);
        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
        Assert.Equal(before, buffer.Written.ToArray());
    }

    [Fact]
    public void Names_in_a_path_are_told_from_its_signs() =>
        Assert.Equal(@"$.list[2].last_seen['a.b']['']['it\'s \\']['\u0000\uD800']", PathText.Format(["list", 2, "last_seen", "a.b", "", "it's \\", "\0\uD800"]));

    [Fact]
    public void A_replacement_character_is_no_lone_surrogate()
    {
        using var buffer = new BodyBuffer();
        Assert.Null(buffer.Write(s_fine with { Tags = ["\uFFFD", "\\uFFFD", "\\u0000", "\uD83D\uDE00"], Raw = Element("\"\uFFFD\"") }, Limit));
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Depth_of_the_body(int depth, bool fits)
    {
        var body = s_fine;
        for (var i = 1; i < depth; i++)
        {
            body = s_fine with { Next = body };
        }

        using var buffer = new BodyBuffer();
        var refusal = buffer.Write(body, int.MaxValue);
        Assert.Equal(fits, refusal is null);
        Assert.Contains(fits ? string.Empty : "deeper than 64", refusal?.Reason ?? string.Empty, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void Depth_of_an_element_counts_from_the_body(int depth, bool fits)
    {
        using var buffer = new BodyBuffer();
        var raw = Element(new string('[', depth) + new string(']', depth));
        Assert.Equal(fits, buffer.Write(s_fine with { Raw = raw }, Limit) is null);
    }

    [Fact]
    public void Size_is_that_of_the_text_with_its_escapes()
    {
        using var buffer = new BodyBuffer();
        Assert.Null(buffer.Write(s_fine with { Tags = ["é"] }, Limit));
        var length = buffer.Length;
        Assert.Null(buffer.Write(s_fine with { Tags = ["é"] }, length));
        Assert.NotNull(buffer.Write(s_fine with { Tags = ["é"] }, length - 1));
    }

    [Fact]
    public void Extension_data_of_unknown_types_is_refused()
    {
        using var buffer = new BodyBuffer();
        Assert.Equal(["at"], buffer.Write(new Loose { More = new(StringComparer.Ordinal) { ["n"] = 1, ["at"] = new Version(1, 2) } }, Limit)!.Path);
        Assert.Equal(["x"], buffer.Write(new Loose { More = new(StringComparer.Ordinal) { ["x"] = double.NaN } }, Limit)!.Path);
        Assert.Null(buffer.Write(new Loose { More = new(StringComparer.Ordinal) { ["n"] = 1, ["s"] = "x", ["z"] = null! } }, Limit));
        Assert.Equal("""{"seen":null,"n":1,"s":"x","z":null}""", Encoding.UTF8.GetString(buffer.Written.Span));
    }

    [Fact]
    public void Bodies_follow_each_other_in_one_buffer_that_grows()
    {
        using var buffer = new BodyBuffer(16);
        var text = new StringBuilder();
        for (var i = 0; i < 200; i++)
        {
            var start = buffer.Length;
            Assert.Null(buffer.Write(new Timed(DateTimeOffset.UnixEpoch, i), Limit));
            text.Append(Encoding.UTF8.GetString(buffer.Written.Span[start..]));
        }

        Assert.Equal(text.ToString(), Encoding.UTF8.GetString(buffer.Written.Span));
        Assert.StartsWith("""{"the time":"1970-01-01T00:00:00+00:00","n":0}{"the time":""", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_attribute_says()
    {
        var stream = Info<Nest>();
        Assert.Equal("bodies.nest", stream.Name);
        Assert.Equal(TimeSpan.FromDays(14), stream.Retain);
        Assert.Equal((JsonNaming.SnakeCaseLower, BodyFormat.Json, true, false), (stream.Naming, stream.Body, stream.Follow, stream.HasTime));
        Assert.Equal(Nest.JsonSchema, stream.Schema);
        Assert.Equal(("timed", null, true), (Info<Timed>().Name, Info<Timed>().Retain, Info<Timed>().HasTime));
    }

    [Fact]
    public void Time_of_a_body()
    {
        var noon = new DateTimeOffset(2026, 3, 21, 12, 0, 0, TimeSpan.FromHours(2));
        Assert.Equal(noon, Time(new Timed(noon)));
        Assert.Null(Time(new Loose()));
        Assert.Equal(noon, Time(new Loose { Seen = noon.UtcDateTime }));
        Assert.Null(Time(s_fine));
    }

    private static EventStreamInfo Info<T>()
        where T : IEventBody<T> => T.Stream;

    private static DateTimeOffset? Time<T>(T value)
        where T : IEventBody<T> => T.TimeOf(value);

    private static JsonElement Element(string json) => JsonDocument.Parse(json).RootElement;
}
