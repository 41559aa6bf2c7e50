using System.Globalization;
using System.Text.Json;
using Typed.Time;

namespace Typed.Conformance.Tests.Series;

/// <summary>grids.json, <c>rows</c>: the bucket and slot of one time.</summary>
public class RowTests
{
    private const string File = "series/grids.json";

    public static TheoryData<string> Cases => Vectors.Ids(File, "rows");

    [Theory, MemberData(nameof(Cases))]
    public void Row(string id)
    {
        var item = Vectors.Items(File, "rows")[id];
        var expect = item.GetProperty("expect");
        var interval = Interval.Parse(item.GetProperty("interval").GetString()!);

        if (expect.FindText("error") is string error)
        {
            Assert.Equal("out-of-range", error);
            Assert.Throws<ArgumentOutOfRangeException>(() => interval.BucketOf(Instant.From(VectorTime.Read(item.GetProperty("time")))));
            return;
        }

        var time = Instant.From(VectorTime.Read(item.GetProperty("time")));
        var now = Instant.From(VectorTime.Read(item.GetProperty("now")));
        var start = interval.BucketOf(time);

        Assert.Equal(expect.GetProperty("startUnix").GetInt64() * Instant.PerSecond, start);
        Assert.Equal(expect.GetProperty("start").GetString(), Text(start));
        Assert.Equal(expect.GetProperty("label").GetInt64(), interval.Step.Label(start));
        Assert.Equal(expect.GetProperty("live").GetBoolean(), interval.IsLive(start, now));
        Assert.Equal(expect.FindText("slot"), interval.IsFine ? Text(interval.SlotOf(time)) : null);
        Assert.Equal(expect.Find("slotUnix")?.GetInt64() * Instant.PerSecond ?? start, interval.SlotOf(time));

        if (expect.Find("endUnix") is JsonElement end)
        {
            Assert.Equal(end.GetInt64() * Instant.PerSecond, interval.Step.End(start));
            Assert.Equal(expect.GetProperty("end").GetString(), Text(interval.Step.End(start)));
        }
        else
        {
            Assert.Equal("out-of-range", expect.GetProperty("end").GetProperty("error").GetString());
            Assert.Throws<ArgumentOutOfRangeException>(() => interval.Step.End(start));
        }
    }

    private static string Text(long instant) => Instant.ToDateTimeOffset(instant).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
