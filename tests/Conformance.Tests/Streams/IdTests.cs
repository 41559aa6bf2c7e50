using System.Globalization;
using System.Text.Json;
using Typed.Values;

namespace Typed.Conformance.Tests.Streams;

public sealed class IdTests
{
    public static TheoryData<string> Bounds => StreamVectors.Ids.Cases("bounds");

    public static TheoryData<string> Instants => StreamVectors.Ids.Cases("instant");

    public static TheoryData<string> TimesOf => StreamVectors.Ids.Cases("timeOf");

    public static TheoryData<string> Comparisons => StreamVectors.Ids.Cases("compare");

    public static TheoryData<string> Sorts => StreamVectors.Ids.Cases("sort");

    public static TheoryData<string> Arrivals => StreamVectors.Ids.Cases("arrival");

    public static TheoryData<string> Bursts => StreamVectors.Ids.Cases("burst");

    public static TheoryData<string> Parses => StreamVectors.Ids.Cases("parse");

    [Fact]
    public void Every_row_is_a_case() => StreamVectors.Ids.AssertCased(typeof(IdTests));

    [Theory]
    [MemberData(nameof(Bounds))]
    public void First_and_last_id_of_a_tick(string id)
    {
        var row = StreamVectors.Ids[id];
        var ticks = row.GetProperty("ticks").GetInt64();
        CheckBounds(row.GetProperty("expect"), () => DateTimeOffset.UnixEpoch.AddTicks(ticks));
    }

    [Theory]
    [MemberData(nameof(Instants))]
    public void First_and_last_id_of_an_instant(string id)
    {
        var row = StreamVectors.Ids[id];
        var expect = row.GetProperty("expect");
        var time = Time(row.GetProperty("iso"));
        CheckBounds(expect, () => time);
        if (expect.TryGetProperty("ticks", out var ticks))
        {
            Assert.Equal(ticks.GetInt64(), IdLayout.Ticks(time));
        }
    }

    [Theory]
    [MemberData(nameof(TimesOf))]
    public void Time_of_an_id(string id)
    {
        var row = StreamVectors.Ids[id];
        CheckTime(row.GetProperty("expect"), row.GetProperty("of").GetGuid());
    }

    [Theory]
    [MemberData(nameof(Comparisons))]
    public void Order_of_two_ids(string id)
    {
        var row = StreamVectors.Ids[id];
        var (a, b) = (row.GetProperty("a").GetGuid(), row.GetProperty("b").GetGuid());
        var expected = row.GetProperty("expect").GetInt32();
        Assert.Equal(expected, Math.Sign(a.CompareTo(b)));
        Assert.Equal(expected, Math.Sign(a.ToByteArray(bigEndian: true).AsSpan().SequenceCompareTo(b.ToByteArray(bigEndian: true))));
        Assert.Equal(expected, Math.Sign(string.CompareOrdinal(a.ToString("D"), b.ToString("D"))));
    }

    [Theory]
    [MemberData(nameof(Sorts))]
    public void Order_of_many_ids(string id)
    {
        var row = StreamVectors.Ids[id];
        Assert.Equal(Guids(row.GetProperty("expect")), Guids(row.GetProperty("ids")).Order());
    }

    [Theory]
    [MemberData(nameof(Arrivals))]
    public void Equal_times_keep_arrival_order(string id)
    {
        var row = StreamVectors.Ids[id];
        var expected = row.GetProperty("expect").EnumerateArray().Select(index => index.GetInt32()).ToArray();
        var times = row.GetProperty("times").EnumerateArray().Select(Time).ToArray();

        var drawn = times.Select(EventIdGenerator.Shared.Next).ToArray();
        Assert.Equal(expected, Enumerable.Range(0, drawn.Length).OrderBy(i => drawn[i]));
        if (times.Length > 0)
        {
            var block = EventIdGenerator.Shared.Reserve(times.Length);
            var batch = times.Select((time, i) => block.Id(i, IdLayout.Ticks(time))).ToArray();
            Assert.Equal(expected, Enumerable.Range(0, batch.Length).OrderBy(i => batch[i]));
        }
    }

    [Theory]
    [MemberData(nameof(Bursts))]
    public void A_burst_increases_within_its_tick(string id)
    {
        var row = StreamVectors.Ids[id];
        var time = Time(row.GetProperty("iso"));
        var within = Guids(row.GetProperty("expect").GetProperty("within"));
        var before = within[0];
        for (var i = 0; i < row.GetProperty("count").GetInt32(); i++)
        {
            var next = EventIdGenerator.Shared.Next(time);
            Assert.True(next > before);
            before = next;
        }

        Assert.True(before < within[1]);
    }

    [Theory]
    [MemberData(nameof(Parses))]
    public void Id_from_text(string id)
    {
        var row = StreamVectors.Ids[id];
        var expect = row.GetProperty("expect");
        var text = row.GetProperty("text").GetString()!;
        if (expect.TryGetProperty("error", out _))
        {
            Assert.Throws<FormatException>(() => EventId.Parse(text));
            Assert.False(EventId.TryParse(text, out _));
            return;
        }

        // The text of a UUID of another layout: the type holds none.
        if (expect.GetProperty("timeOf").TryGetProperty("error", out _))
        {
            CheckTime(expect.GetProperty("timeOf"), expect.GetProperty("id").GetGuid());
            Assert.Contains(expect.GetProperty("id").GetString()!, Assert.Throws<FormatException>(() => EventId.Parse(text)).Message, StringComparison.Ordinal);
            return;
        }

        var parsed = EventId.Parse(text);
        Assert.Equal(expect.GetProperty("id").GetGuid(), parsed.ToGuid());
        CheckTime(expect.GetProperty("timeOf"), parsed);
    }

    private static void CheckBounds(JsonElement expect, Func<DateTimeOffset> time)
    {
        if (expect.TryGetProperty("error", out _))
        {
            Assert.ThrowsAny<ArgumentException>(() => EventId.First(time()));
            Assert.ThrowsAny<ArgumentException>(() => EventId.Last(time()));
            return;
        }

        var (first, last) = (EventId.First(time()), EventId.Last(time()));
        Assert.Equal(expect.GetProperty("first").GetString(), first.ToString());
        Assert.Equal(expect.GetProperty("last").GetString(), last.ToString());
        Assert.Equal(time(), EventId.TimeOf(first));
        Assert.Equal(expect.GetProperty("iso").GetString(), EventId.TimeOf(last).ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture));
    }

    private static void CheckTime(JsonElement expect, Guid id)
    {
        if (expect.TryGetProperty("error", out _))
        {
            Assert.ThrowsAny<ArgumentException>(() => EventId.TimeOf(id));
            Assert.ThrowsAny<ArgumentException>(() => (EventId)id);
            return;
        }

        Assert.Equal(expect.GetProperty("ticks").GetInt64(), IdLayout.Ticks(EventId.TimeOf(id)));
        Assert.Equal(TimeSpan.Zero, EventId.TimeOf(id).Offset);
        Assert.Equal(EventId.TimeOf(id), ((EventId)id).Time);
    }

    private static DateTimeOffset Time(JsonElement iso) => DateTimeOffset.Parse(iso.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static Guid[] Guids(JsonElement list) => [.. list.EnumerateArray().Select(id => id.GetGuid())];
}
