using System.Text.Json;
using Typed.Time;

namespace Typed.Conformance.Tests.Series;

/// <summary>grids.json, <c>ranges</c>: which buckets a read asks for, and which of them are dead.</summary>
public class RangeTests
{
    private const string File = "series/grids.json";

    public static TheoryData<string> Cases => Vectors.Ids(File, "ranges");

    [Theory, MemberData(nameof(Cases))]
    public void Range(string id)
    {
        var item = Vectors.Items(File, "ranges")[id];
        var expect = item.GetProperty("expect");
        var interval = Interval.Parse(item.GetProperty("interval").GetString()!);
        var time = VectorTime.Read(item.GetProperty("now"));
        var now = Instant.From(time);

        switch (expect.FindText("error"))
        {
            case "argument":
                Assert.Throws<ArgumentException>(() => Span(interval, item.GetProperty("range"), time));
                return;
            case "out-of-range":
                Assert.Throws<ArgumentOutOfRangeException>(() => Span(interval, item.GetProperty("range"), time));
                return;
        }

        var span = Span(interval, item.GetProperty("range"), time);
        long[] starts = [.. Ranges.Starts(interval, span)];

        Assert.Equal(expect.GetProperty("count").GetInt32(), starts.Length);
        Assert.Equal(Seconds(expect.GetProperty("first")), span.First);
        Assert.Equal(Seconds(expect.GetProperty("last")), span.Last);
        Assert.Equal((span.First, span.Last), (starts[0], starts[^1]));
        if (expect.Find("starts") is JsonElement all)
        {
            Assert.Equal(all.EnumerateArray().Select(Seconds), starts);
        }

        if (expect.Find("length") is JsonElement length)
        {
            Assert.Equal(Seconds(length), interval.Step.End(span.Last) - span.First);
        }
        else
        {
            Assert.False(interval.Step.TryNext(span.Last, out _));
        }

        long[] dead = expect.Find("dead") is JsonElement some ? [.. some.EnumerateArray().Select(Seconds)] : [];
        Assert.Equal(dead, starts.Where(start => !interval.IsLive(start, now)));
        Assert.Equal(starts.Except(dead), Ranges.Clip(span, interval.OldestLive(now)) is BucketSpan live ? Ranges.Starts(interval, live) : []);
    }

    private static BucketSpan Span(Interval interval, JsonElement range, DateTimeOffset now)
    {
        if (range.TryGetProperty("last", out var last))
        {
            return Ranges.Last(interval, last.ValueKind == JsonValueKind.Null ? null : last.GetInt32(), Instant.From(now));
        }

        if (range.Find("from") is JsonElement from)
        {
            return range.Find("take") is JsonElement take ? Ranges.FromTake(interval, Time(from), take.GetInt32()) : Ranges.From(interval, VectorTime.Read(from), now);
        }

        if (range.Find("until") is JsonElement until)
        {
            return Ranges.UntilTake(interval, Time(until), range.GetProperty("take").GetInt32());
        }

        var between = range.GetProperty("between");
        return Ranges.Between(interval, VectorTime.Read(between[0]), VectorTime.Read(between[1]));
    }

    private static long Time(JsonElement time) => Instant.From(VectorTime.Read(time));

    private static long Seconds(JsonElement seconds) => seconds.GetInt64() * Instant.PerSecond;
}
