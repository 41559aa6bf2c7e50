using Typed.Values;

namespace Typed.Conformance.Tests.Streams;

public sealed class EventIdGeneratorTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 3, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Eight_threads_at_one_time_get_distinct_ids_each_in_its_own_order()
    {
        var generator = new EventIdGenerator(node: 5);
        var drawn = await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() => Draw(generator, thread))));

        Assert.All(drawn, ids => Assert.Equal(ids.Order(), ids));
        Assert.Equal(8 * 20_000, drawn.SelectMany(ids => ids).Distinct().Count());
    }

    [Fact]
    public void A_clock_that_steps_back_does_not_disturb_the_order_of_equal_times()
    {
        var generator = new EventIdGenerator(node: 5);
        var random = new Random(7);
        var last = new Dictionary<DateTimeOffset, EventId>();
        for (var i = 0; i < 50_000; i++)
        {
            var time = s_noon.AddTicks(random.Next(-20, 20));
            var id = generator.Next(time);
            Assert.Equal(time, EventId.TimeOf(id));
            Assert.True(!last.TryGetValue(time, out var before) || id > before);
            last[time] = id;
        }
    }

    [Fact]
    public void New_ids_are_of_the_years_that_ids_hold()
    {
        var before = DateTimeOffset.UtcNow;
        Assert.InRange(EventId.TimeOf(EventId.New()), before, DateTimeOffset.UtcNow);
        foreach (var time in new[] { DateTimeOffset.UnixEpoch, s_noon.AddTicks(3), DateTimeOffset.MaxValue })
        {
            var (one, two) = (EventId.New(time), EventId.New(time));
            Assert.True(EventId.First(time) <= one && one < two && two <= EventId.Last(time));
            Assert.Equal(time, EventId.TimeOf(two));
        }

        Assert.Equal("at", Assert.Throws<ArgumentOutOfRangeException>(() => EventId.New(DateTimeOffset.UnixEpoch.AddTicks(-1))).ParamName);
    }

    [Fact]
    public void Batches_of_one_time_follow_each_other()
    {
        var generator = new EventIdGenerator(node: 5);
        var ticks = IdLayout.Ticks(s_noon);
        var ids = new List<EventId>();
        for (var batch = 0; batch < 100; batch++)
        {
            var block = generator.Reserve(7);
            ids.AddRange(Enumerable.Range(0, 7).Select(i => block.Id(i, ticks)));
            ids.Add(generator.Next(s_noon));
        }

        Assert.Equal(ids.Order(), ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void A_batch_never_lies_across_the_end_of_the_counter()
    {
        var generator = new EventIdGenerator(node: 5, next: (1L << 30) - 3);
        var ticks = IdLayout.Ticks(s_noon);
        var block = generator.Reserve(10);
        var ids = Enumerable.Range(0, 10).Select(i => block.Id(i, ticks)).ToArray();

        Assert.Equal(ids.Order(), ids);
        Assert.All(ids, id => Assert.Equal(s_noon, EventId.TimeOf(id)));
    }

    [Fact]
    public void The_counter_starting_again_does_not_repeat_an_id()
    {
        var early = new EventIdGenerator(node: 5);
        var late = new EventIdGenerator(node: 5, next: 1L << 30);
        var later = new EventIdGenerator(node: 5, next: 2L << 30);

        Assert.Equal(3, new[] { early.Next(s_noon), late.Next(s_noon), later.Next(s_noon) }.Distinct().Count());
    }

    [Fact]
    public void Two_processes_do_not_collide()
    {
        Assert.NotEqual(new EventIdGenerator(node: 5).Next(s_noon), new EventIdGenerator(node: 6).Next(s_noon));
    }

    private static EventId[] Draw(EventIdGenerator generator, int thread)
    {
        var ids = new List<EventId>();
        while (ids.Count < 20_000)
        {
            if (thread % 2 == 0)
            {
                ids.Add(generator.Next(s_noon));
                continue;
            }

            var block = generator.Reserve(8);
            ids.AddRange(Enumerable.Range(0, 8).Select(i => block.Id(i, IdLayout.Ticks(s_noon))));
        }

        return [.. ids];
    }
}
