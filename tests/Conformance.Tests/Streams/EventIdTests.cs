using System.Text.Json;

namespace Typed.Conformance.Tests.Streams;

/// <summary>The type of ids: what it converts to and from, its order and its texts.</summary>
public sealed class EventIdTests
{
    private static readonly EventId s_id = EventId.Parse("019d0fe0-9e00-7134-a123-456789abcdef");

    [Fact]
    public void It_is_a_guid_and_back()
    {
        Guid guid = s_id;

        Assert.Equal(guid, s_id.ToGuid());
        Assert.Equal(s_id, (EventId)guid);
        Assert.True(EventId.TryFromGuid(guid, out var known) && known == s_id && s_id == guid && guid == s_id);
        Assert.Equal(EventId.TimeOf(guid), s_id.Time);
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("019d0fe0-9e00-7fff-bfff-ffffffffffff")]
    [InlineData("019d0fe0-9e00-4134-a123-456789abcdef")]
    [InlineData("ffffffff-ffff-ffff-ffff-ffffffffffff")]
    public void Any_other_guid_is_refused_with_its_value_and_the_way_out(string text)
    {
        var guid = Guid.Parse(text);
        foreach (var message in new[]
        {
            Assert.Throws<ArgumentException>(() => (EventId)guid).Message, Assert.Throws<ArgumentException>(() => EventId.FromGuid(guid)).Message,
            Assert.Throws<FormatException>(() => EventId.Parse(text)).Message, Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<EventId>($"\"{text}\"")).Message,
        })
        {
            Assert.Contains(text, message, StringComparison.Ordinal);
            Assert.Contains("EventId.New()", message, StringComparison.Ordinal);
        }

        Assert.False(EventId.TryFromGuid(guid, out _));
        Assert.False(EventId.TryParse(text, out _));
        Assert.Throws<InvalidOperationException>(() => default(EventId).Time);
    }

    [Fact]
    public void Its_order_is_that_of_the_bytes()
    {
        var (one, two) = (s_id, EventId.New(s_id.Time.AddTicks(1)));

        Assert.True(one < two && one <= two && two > one && two >= one && one != two && !(one == two) && one.CompareTo(two) < 0);
        Assert.Equal([one, two], new[] { two, one }.Order());
        Assert.Equal(1, ((IComparable)one).CompareTo(obj: null));
        Assert.Throws<ArgumentException>(() => ((IComparable)one).CompareTo("1"));
        Assert.Equal(one.GetHashCode(), EventId.Parse(one.ToString()).GetHashCode());
        Assert.False(one.Equals((object)one.ToGuid()));
    }

    [Fact]
    public void Its_texts_are_those_of_a_guid()
    {
        Assert.Equal("019d0fe0-9e00-7134-a123-456789abcdef", $"{s_id}");
        Assert.Equal(s_id, EventId.Parse(s_id.ToString().ToUpperInvariant()));
        Assert.Equal($"{{\"Id\":\"{s_id}\",\"Known\":{{\"{s_id}\":true}}}}", JsonSerializer.Serialize(new Holder(s_id, new() { [s_id] = true })));
        Assert.Equal(s_id, JsonSerializer.Deserialize<Holder>($"{{\"Id\":\"{s_id}\",\"Known\":{{\"{s_id}\":true}}}}")!.Known.Keys.Single());
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<EventId>("7"));
    }

    [Fact]
    public void Ids_of_Kronos_keep_their_time_their_bits_and_their_order()
    {
        var random = new Random(5);
        var theirs = Enumerable.Range(0, 1_000).Select(_ => (Ticks: random.NextInt64(0, 100_000_000_000_000_000), Bits: random.NextInt64(1L << 60)))
            .Append((0, 0)).Append((0, (1L << 60) - 1)).ToArray();
        foreach (var (ticks, bits) in theirs)
        {
            var id = EventId.FromKronos(Kronos(ticks, bits));
            Assert.Equal(ticks, (id.Time - DateTimeOffset.UnixEpoch).Ticks);
            Assert.EndsWith($"{bits:x15}", id.ToGuid().ToString("N"), StringComparison.Ordinal);
        }

        Assert.Equal(theirs.Distinct().Count(), theirs.Select(one => EventId.FromKronos(Kronos(one.Ticks, one.Bits))).Distinct().Count());
        Assert.Equal(theirs.Order(), theirs.OrderBy(one => EventId.FromKronos(Kronos(one.Ticks, one.Bits))));
        foreach (var foreign in new[] { s_id.ToGuid(), Guid.Empty, Guid.NewGuid(), Guid.Parse("13814000-1dd2-11b2-9000-000000000000") })
        {
            Assert.Contains(foreign.ToString(), Assert.Throws<ArgumentException>(() => EventId.FromKronos(foreign)).Message, StringComparison.Ordinal);
        }

        Assert.Contains("1969-12-31T23:59:59.9999999", Assert.Throws<ArgumentException>(() => EventId.FromKronos(Kronos(-1, 0))).Message, StringComparison.Ordinal);
    }

    /// <summary>An id as Kronos makes it: low, middle and high bits of the time since 1582-10-15, version 1, variant 8, 60 random bits.</summary>
    private static Guid Kronos(long ticks, long bits)
    {
        var time = ticks + (new DateTime(1970, 1, 1) - new DateTime(1582, 10, 15)).Ticks;
        return Guid.Parse($"{time & 0xFFFFFFFF:x8}-{time >> 32 & 0xFFFF:x4}-1{time >> 48 & 0xFFF:x3}-8{bits >> 48 & 0xFFF:x3}-{bits & 0xFFFFFFFFFFFF:x12}");
    }

    private sealed record Holder(EventId Id, Dictionary<EventId, bool> Known);
}
