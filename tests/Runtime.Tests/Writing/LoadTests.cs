using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Writing;

/// <summary>Writes so large that a database with a bulk load uses it: they store what small ones store.</summary>
public abstract class LoadTests(DatabaseServer server) : StoreSuite(server)
{
    private const int Many = 2_345;

    [Fact]
    public async Task Values_of_every_kind_are_loaded_as_they_are_inserted()
    {
        await using var store = await OpenAsync<Everything>();
        await using var db = store.CreateDbContext();
        var points = Points();

        await Everything.In(store).InsertAsync(points);
        var loaded = await RowsAsync(db);
        await Everything.In(store).DeleteAllAsync();
        foreach (var few in points.Chunk(100))
        {
            await Everything.In(store).InsertAsync(few);
        }

        Assert.Equal(points.Select(Text), loaded);
        Assert.Equal(await RowsAsync(db), loaded);
    }

    [Fact]
    public async Task Points_keep_their_order_of_writing()
    {
        await using var store = await OpenAsync<Everything>();
        var one = Points()[0];

        await Everything.In(store).InsertAsync(Enumerable.Range(0, Many).Select(n => one with { Number = n, At = Noon }));
        await Everything.In(store).InsertAsync(Enumerable.Range(Many, 10).Select(n => one with { Number = n, At = Noon }));

        var key = Assert.Single(await ListAsync(Everything.In(store).Keys()));
        Assert.Equal(Enumerable.Range(0, Many + 10), (await Everything.In(store).Day.GetAsync(key)).Value);
    }

    [Fact]
    public async Task Events_of_both_formats()
    {
        await using var store = await OpenAsync(o => o.Only<Note>().Only<Remark>());
        string[] texts = ["", "plain", "\"quoted\"", "é 💡 \u2028", "\\u0041", new string('x', 100_000)];

        var notes = await Note.In(store).PutAsync(Enumerable.Range(0, Many).Select(n => new Note(n, texts[n % 7 % 6])));
        var remarks = await Remark.In(store, "apart").PutAsync(Enumerable.Range(0, Many).Select(n => (new Remark(n, texts[n % 7 % 6]), Noon.AddTicks(-n))));

        Assert.Equal(notes.Select((id, n) => (id, n, texts[n % 7 % 6])), (await ListAsync(Note.In(store))).Select(found => (found.Id, found.Body.N, found.Body.Text)));
        Assert.Equal(remarks.Select((id, n) => (id, n, texts[n % 7 % 6])).Reverse(), (await ListAsync(Remark.In(store, "apart"))).Select(found => (found.Id, found.Body.N, found.Body.Text)));
        Assert.All(await ListAsync(Remark.In(store, "apart")), found => Assert.Equal(Noon.AddTicks(-found.Body.N), found.Time));
        Assert.Equal(0, await Remark.In(store).CountAsync());
    }

    [Fact]
    public async Task Events_under_given_ids_may_be_put_again()
    {
        await using var store = await OpenAsync<Remark>();
        var events = Enumerable.Range(0, Many).Select(n => (EventId.First(Noon.AddTicks(n)), new Remark(n, "first"))).ToArray();

        Assert.All(await Remark.In(store).PutAsync(events[..(Many / 2)]), Assert.True);
        Assert.Equal(Enumerable.Range(0, Many).Select(n => n >= Many / 2).Reverse(), await Remark.In(store).PutAsync(events.Reverse()));
        var other = await Assert.ThrowsAsync<EventRejectedException>(
            async () => await Remark.In(store).PutAsync(events.Append((EventId.New(Noon), new Remark(-1, ""))).Select(each => (each.Item1, each.Item2 with { Text = each.Item2.N == 17 ? "other" : each.Item2.Text }))));

        Assert.Equal((17, true), (other.Index, other.Message.Contains(events[17].Item1.ToString(), StringComparison.Ordinal)));
        Assert.Equal(Enumerable.Range(0, Many).Select(n => (n, "first")), (await ListAsync(Remark.In(store))).Select(found => (found.Body.N, found.Body.Text)));
    }

    [Fact]
    public async Task A_load_is_part_of_the_callers_transaction()
    {
        await using var store = await OpenAsync<Remark>();
        await using var db = store.CreateDbContext();
        await using (await db.Database.BeginTransactionAsync())
        {
            await Remark.In(db).PutAsync(Remarks());
            Assert.Equal(Many, await Remark.In(db).CountAsync());
        }

        Assert.Equal(0, await Remark.In(store).CountAsync());
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await Remark.In(db).PutAsync(new Remark(-1, ""));
            await Remark.In(db).PutAsync(Remarks());
            await transaction.CommitAsync();
        }

        await Remark.In(db).PutAsync(Remarks()); // in none of the caller's
        Assert.Equal((2 * Many) + 1, await Remark.In(store).CountAsync());
    }

    [Fact]
    public async Task A_load_that_the_database_refuses_stores_nothing_and_leaves_the_transaction_usable()
    {
        await using var store = await OpenAsync<Remark>();
        await RefuseAsync("remark", Many / 2);

        var error = await Assert.ThrowsAsync<WriteFailedException>(async () => await Remark.In(store).PutAsync(Remarks()));

        Assert.True(error.OutcomeKnown);
        Assert.Contains("remark", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Remark.In(store).CountAsync());
        await using var db = store.CreateDbContext();
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await Remark.In(db).PutAsync(new Remark(1, ""));
            await Assert.ThrowsAnyAsync<Exception>(async () => await Remark.In(db).PutAsync(Remarks()));
            await Remark.In(db).PutAsync(new Remark(2, ""));
            await transaction.CommitAsync();
        }

        await Remark.In(store).PutAsync(Remarks().Take(Many / 2));
        Assert.Equal(2 + (Many / 2), await Remark.In(store).CountAsync());
    }

    [Fact]
    public async Task A_cancelled_load_stores_all_or_nothing_and_the_store_goes_on()
    {
        await using var store = await OpenAsync<Remark>();
        var text = new string('x', 2_000);
        var stored = 0;
        for (var i = 0; i < 12; i++)
        {
            using var cancellation = new CancellationTokenSource();
            var put = Remark.In(store).PutAsync(Enumerable.Range(0, Many).Select(n => new Remark(n, text)), cancellationToken: cancellation.Token).AsTask();
            cancellation.CancelAfter(TimeSpan.FromMilliseconds(2 * i));
            try
            {
                await put;
                stored++;
            }
            catch (OperationCanceledException)
            {
                // Whatever the database did: see below.
            }
        }

        var count = await Remark.In(store).CountAsync();
        Assert.Equal(0, count % Many);
        Assert.InRange(count, (long)stored * Many, 12L * Many);
        await Remark.In(store).PutAsync(Remarks());
        Assert.Equal(count + Many, await Remark.In(store).CountAsync());
    }

    /// <summary>Makes the database refuse the event with that number.</summary>
    protected abstract Task RefuseAsync(string table, int n);

    private static IEnumerable<Remark> Remarks() => Enumerable.Range(0, Many).Select(n => new Remark(n, "r"));

    /// <summary>The ends of every type first, then anything.</summary>
    private static Everything[] Points()
    {
        var random = new Random(7);
        decimal[] decimals =
        [
            0m, 1m, -1m, 10_000m, 9_999m, 0.1m, 0.0001m, 0.00001m, -123_456.789m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, -7.9228162514264337593543950335m,
            10_000_000_000_000_000_000_000_000_000m, 0.00010001m, 1_0000_0000.0001m,
        ];
        long[] longs = [0, 1, -1, long.MaxValue, long.MinValue];
        double[] doubles = [0, -1.5, double.MaxValue, double.MinValue, double.Epsilon];
        float[] floats = [0, -1.5f, float.MaxValue, float.MinValue, float.Epsilon];
        string[] texts = ["", "a", "é 💡", "\t\n\\.\"", new string('x', 100)];
        DateTimeOffset[] instants = [DateTimeOffset.UnixEpoch, DateTimeOffset.MinValue, DateTimeOffset.MaxValue.AddTicks(-9), Noon];
        DateOnly[] dates = [DateOnly.MinValue, DateOnly.MaxValue, new(2000, 1, 1), new(2026, 3, 21)];
        TimeOnly[] times = [TimeOnly.MinValue, new(23, 59, 59, 999, 999), new(12, 34, 56)];
        TimeSpan[] spans = [TimeSpan.Zero, TimeSpan.FromHours(30), TimeSpan.FromHours(-30), TimeSpan.FromMicroseconds(-1), TimeSpan.FromDays(10_675_199), TimeSpan.FromDays(-10_675_199)];
        byte[][] blobs = [[], [0], [255, 0, 1]];
        return
        [
            .. Enumerable.Range(0, Many).Select(n => new Everything(
                n % 2 == 0, (short)Of([0, short.MaxValue, short.MinValue]), (int)Of([0, int.MaxValue, int.MinValue]), Of(longs), Of(floats), Of(doubles),
                n < decimals.Length ? decimals[n] : new decimal(random.Next(), random.Next(), random.Next(), random.Next(2) == 0, (byte)random.Next(29)),
                Of(texts), n == 0 ? Guid.Empty : Guid.NewGuid(), Of(instants), Of(dates), Of(times), Of(spans), Of(blobs), Of([Int64Enum.Least, Int64Enum.One, Int64Enum.Most]), n)
            { At = Noon }),
        ];

        T Of<T>(T[] values) => values[random.Next(values.Length)];
    }

    private static string Text(Everything p) => Text(
        p.Flag, p.Small, p.Middle, p.Large, p.Single, p.Double, p.Decimal, p.Text, p.Guid, p.Instant, p.Date, p.Clock, p.Duration, p.Bytes, p.Enum, p.Number);

    private static async Task<List<string>> RowsAsync(TypedDbContext db) =>
    [
        .. (await Everything.In(db).Day.AsQueryable().OrderBy(row => row.Number).ToListAsync()).Select(row => Text(
            row.Flag, row.Small, row.Middle, row.Large, row.Single, row.Double, row.Decimal, row.Text, row.Guid, row.Instant, row.Date, row.Clock, row.Duration, row.Bytes, row.Enum, row.Number)),
    ];

    // Zeros at the end of a decimal do not count.
    private static string Text(
        bool flag, short small, int middle, long large, float single, double number, decimal exact, string text, Guid guid, DateTimeOffset instant, DateOnly date, TimeOnly time, TimeSpan duration,
        byte[] bytes, Int64Enum name, int n) => FormattableString.Invariant(
        $"{n} {flag} {small} {middle} {large} {single:R} {number:R} {exact / 1.0000000000000000000000000000m} '{text}' {guid} {instant:O} {date:O} {time:O} {duration:c} {Convert.ToHexString(bytes)} {name}");
}

public sealed class LoadTestsOnSqlite() : LoadTests(DatabaseServer.Sqlite)
{
    protected override async Task RefuseAsync(string table, int n) => await Database.ScalarAsync(FormattableString.Invariant(
        $"CREATE TRIGGER refuse BEFORE INSERT ON {table} WHEN NEW.body ->> 'n' = {n} BEGIN SELECT RAISE(ABORT, 'refused'); END"));
}

public sealed class LoadTestsOnPostgres() : LoadTests(DatabaseServer.Postgres)
{
    protected override async Task RefuseAsync(string table, int n) => await Database.ScalarAsync(FormattableString.Invariant(
        $"ALTER TABLE {table} ADD CHECK (body ->> 'n' <> '{n}')"));
}
