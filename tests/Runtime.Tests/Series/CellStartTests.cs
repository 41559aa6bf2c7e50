using Typed.Generated;
using Typed.Postgres;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Sqlite;
using Typed.Storage;
using Typed.Tests.Harness.Databases;
using Typed.Time;

namespace Typed.Runtime.Tests.Series;

/// <summary>The start of a cell as the database computes it is the grid's, to the microsecond: around every change of a clock, and at the ends of time.</summary>
public abstract class CellStartTests(DatabaseServer server) : StoreSuite(server)
{
    /// <summary>Zones with changes at midnight, across it, by other than an hour, and across the date line.</summary>
    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Paris")]
    [InlineData("America/Havana")]
    [InlineData("America/St_Johns")]
    [InlineData("America/Toronto")]
    [InlineData("America/Asuncion")]
    [InlineData("America/Sao_Paulo")]
    [InlineData("Atlantic/Azores")]
    [InlineData("Asia/Beirut")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("Asia/Tehran")]
    [InlineData("Africa/Monrovia")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Pacific/Apia")]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("Pacific/Kwajalein")]
    public async Task Calendar_words(string zone)
    {
        await using var store = await OpenAsync<Tick>();
        long[] around = [0, 1, -1, .. new[] { 1, 15, 29, 30, 59, 60, 61, 120, 1_440 }.SelectMany(minutes => new[] { minutes * 60_000_000L, -minutes * 60_000_000L })];
        var changes = Zones.Stretches(TimeZoneInfo.FindSystemTimeZoneById(zone), At(1880), At(2030)).Select(stretch => stretch.From).ToArray();
        long[] instants = [.. changes.SelectMany(change => around.Select(distance => change + distance)), .. Enumerable.Range(1900, 130).Select(At), At(2) + 7, At(9998)];

        foreach (var word in new[] { CalendarWord.Daily, CalendarWord.Weekly, CalendarWord.Monthly, CalendarWord.Yearly })
        {
            await SameAsync(store, new(0, word), zone, instants);
        }

        static long At(int year) => Instant.From(new(year, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(86_400)]
    [InlineData(604_800)]
    [InlineData(61)]
    [InlineData(StepSpec.MaxSeconds)]
    public async Task Fixed_widths(long seconds)
    {
        await using var store = await OpenAsync<Tick>();
        var width = seconds * Instant.PerSecond;
        long[] instants =
        [
            .. new long[] { -3, -2, -1, 0, 1, 2, 3, 1_000_003 }.Where(n => n * seconds is > -62_000_000_000 and < 250_000_000_000).SelectMany(n => new[] { n * width, (n * width) - 1, (n * width) + 1 }),
            Instant.Max, Instant.Min + (2 * width), Instant.Min + (2 * width) + 1,
        ];

        await SameAsync(store, new(seconds, CalendarWord.None), null, [.. instants.Where(instant => instant <= Instant.Max)]);
    }

    private async Task SameAsync(TypedStore store, StepSpec step, string? zone, long[] instants)
    {
        var isPostgres = ReferenceEquals(Server, DatabaseServer.Postgres);
        Dialect dialect = isPostgres ? PostgresDialect.Instance : SqliteDialect.Instance;
        var sql = new Sql($"SELECT t.value, {dialect.CellStart("t.value", step, zone)} FROM {(isPostgres ? "unnest($1) AS t(value)" : "json_each(?1) AS t")}");
        var query = await store.Scope.ReadAsync(new Asked("cells", "a test"), sql, () => new Cells(instants), CancellationToken.None);
        var grid = Grid.For(step, zone);

        Assert.Equal(instants.Length, query.Found.Count);
        Assert.Equal("", string.Join('\n', query.Found.Where(found => grid.Floor(found.Instant) != found.Start)
            .Select(found => $"{step} {zone} {Text(found.Instant)}: {Text(found.Start)}, not {Text(grid.Floor(found.Instant))}").Take(10)));

        static string Text(long instant) => $"{Instant.ToDateTimeOffset(instant):O}";
    }

    private sealed class Cells(long[] instants) : IRowQuery
    {
        public List<(long Instant, long Start)> Found { get; } = [];

        public void Bind(ParameterWriter parameters) => parameters.Instants(instants);

        public bool Row(RowReader row)
        {
            Found.Add((row.Instant(0), row.Instant(1)));
            return true;
        }
    }
}

public sealed class CellStartTestsOnSqlite() : CellStartTests(DatabaseServer.Sqlite);

public sealed class CellStartTestsOnPostgres() : CellStartTests(DatabaseServer.Postgres);
