using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>What a Summary has in common with the other types, against LINQ to Objects over random points: every member of ranges, LINQ, and an application's own context.</summary>
public abstract class SummaryModelTests(DatabaseServer server) : StoreSuite(server)
{
    private const int Days = 12;

    private static readonly DateTimeOffset s_first = new DateTimeOffset(Noon.Date, TimeSpan.Zero).AddDays(1 - Days);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Ranges_and_their_statistics(int seed)
    {
        await using var store = await OpenAsync<SummaryOfDouble>();
        var points = await InsertAsync(store, seed);
        var range = SummaryOfDouble.In(store).Day.For(["b", "a", "none"]).Last(Days);

        Same(await ListAsync(range), points);
        Assert.Equal(points.Select(p => p.Day).Distinct().Order(), (await ListAsync(range.SkipEmpty())).Select(day => (day.Start - s_first).Days));
        foreach (var day in await ListAsync(range.Stats()))
        {
            Same(Of(points, p => s_first.AddDays(p.Day) == day.Start), day.Value, seconds: 86_400);
        }

        Same(Of(points, _ => true), await range.StatsAsync(), seconds: Days * 86_400);
        Same(Of(points, _ => true), await range.CollapseAsync());
        Same(Of(points, p => p.Key == "a"), await SummaryOfDouble.In(store).Day.For("a").All().CollapseAsync());
        foreach (var (key, day) in await ListAsync(SummaryOfDouble.In(store).Day.ForAll().Last(Days).Stats()))
        {
            Same(Of(points, p => p.Key == key.Name && s_first.AddDays(p.Day) == day.Start), day.Value, seconds: 86_400);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Windows_gaps_and_joins(int seed)
    {
        await using var store = await OpenAsync<SummaryOfDouble>();
        var points = await InsertAsync(store, seed);
        var one = SummaryOfDouble.In(store).Day.For("a").Last(Days);
        var all = SummaryOfDouble.In(store).Day.For(["a", "b"]).Last(Days);

        foreach (var day in await ListAsync(one.Stats().Moving(3)))
        {
            var last = (day.Start - s_first).Days;
            Same(Of(points, p => p.Key == "a" && p.Day > last - 3 && p.Day <= last), day.Value, seconds: 86_400 * Math.Min(3, last + 1));
        }

        var before = Array.Empty<double>();
        foreach (var day in await ListAsync(one.Stats().Fill(Fill.Previous)))
        {
            var own = Of(points, p => p.Key == "a" && s_first.AddDays(p.Day) == day.Start);
            before = own.Length > 0 ? own : before;
            Assert.Equal((own.Length, before.Length == 0 ? null : before.Min(), before.Length == 0 ? (double?)null : before.Max()), (day.Value.Count, day.Value.Min, day.Value.Max));
        }

        Assert.All(await ListAsync(one.Stats().Fill(7)), day => Assert.True(day.Value.Count > 0 || day.Value.Mean is 7 or null));
        var filled = (await ListAsync(one.Stats().Fill(Fill.Linear))).Select(day => day.Value.Mean).SkipWhile(mean => mean is null).Reverse().SkipWhile(mean => mean is null).ToArray();
        Assert.DoesNotContain(null, filled);
        Assert.NotEmpty(filled);

        var shares = await ListAsync(one.Join(all, (a, both) => (a.Count, Both: both.Count)));
        Assert.Equal(Enumerable.Range(0, Days).Select(day => ((long)points.Count(p => p.Key == "a" && p.Day == day), (long)points.Count(p => p.Day == day))), shares.Select(day => day.Value));
        Same(await ListAsync(all.Join(keys => keys[0] + keys[1])), points);
        Assert.Equal(Enumerable.Range(0, Days).Select(day => $"{points.Count(p => p.Key == "a" && p.Day == day)}|{points.Count(p => p.Key == "b" && p.Day == day)}"),
            (await ListAsync(all.Join(keys => $"{keys[0].Count}|{keys[1].Count}"))).Select(day => day.Value));
        Same(await ListAsync(all.Transform(summary => summary)), points);
        Assert.Equal(Enumerable.Range(0, Days).Select(day => points.Where(p => p.Day == day).Select(p => p.Hour).Distinct().Count()),
            (await ListAsync(all.Condense(slots => slots.Count))).Select(day => day.Value));
    }

    [Fact]
    public async Task Points_that_stand_for_several()
    {
        await using var store = await OpenAsync<SummaryOfDecimal>();
        var random = new Random(6);
        var weighted = Enumerable.Range(0, 60).Select(_ => (Value: random.Next(-500, 500) / 4m, Count: random.Next(1, 40))).ToArray();
        foreach (var (value, count) in weighted)
        {
            await SummaryOfDecimal.In(store).InsertAsync("k", value, count: count);
        }

        decimal[] values = [.. weighted.SelectMany(one => Enumerable.Repeat(one.Value, one.Count))];
        foreach (var summary in new[] { (await SummaryOfDecimal.In(store).Minute.GetAsync("k")).Value, await SummaryOfDecimal.In(store).Day.For("k").Last(1).CollapseAsync() })
        {
            Assert.Equal((values.Length, values.Sum(), values.Min(), values.Max()), (summary.Count, summary.Sum, summary.Min, summary.Max));
            Assert.Equal(Variance([.. values.Select(value => (double)value)]), summary.Variance!.Value, 1e-6);
        }
    }

    /// <summary>The context of an application: tables as its migrations make them, rows in LINQ, and reads in its transaction.</summary>
    [Fact]
    public async Task In_a_context_of_ones_own()
    {
        var options = new DbContextOptionsBuilder<Own>();
        Database.Choose(options);
        await using var db = new Own(options.UseTyped().Options);
        await MigrateAsync(db);
        var random = new Random(7);
        var points = Enumerable.Range(0, 200).Select(_ => (Name: random.Next(2) == 0 ? "a" : "b", Value: random.Next(-50, 50) / 2.0, Minute: random.Next(5))).ToArray();
        foreach (var (name, value, minute) in points)
        {
            await SummaryOfDouble.In(db).InsertAsync(name, value, Noon.AddMinutes(-minute));
        }

        var rows = SummaryOfDouble.In(db).Minute.AsQueryable();
        var expected = points.GroupBy(p => (p.Name, p.Minute)).OrderBy(cell => cell.Key.Name, StringComparer.Ordinal).ThenByDescending(cell => cell.Key.Minute).ToArray();
        var read = await rows.OrderBy(row => row.Name).ThenBy(row => row.Bucket).Select(row => new { row.Name, row.Count, row.Sum, row.Min, row.Max, row.SquaredDeviations }).ToListAsync();
        Assert.Equal(
            expected.Select(cell => (cell.Key.Name, cell.LongCount(), cell.Sum(p => p.Value), cell.Min(p => p.Value), cell.Max(p => p.Value))),
            read.Select(row => (row.Name, row.Count, row.Sum, row.Min, row.Max)));
        foreach (var (cell, row) in expected.Zip(read))
        {
            Assert.Equal(Variance([.. cell.Select(p => p.Value)]) * cell.Count(), row.SquaredDeviations, 1e-6);
        }

        Assert.Equal(points.Sum(p => p.Value), await rows.SumAsync(row => row.Sum));
        Assert.Equal(expected.Count(cell => cell.Max(p => p.Value) > 20), await rows.CountAsync(row => row.Max > 20));
        Assert.Equal(
            points.GroupBy(p => p.Name).OrderBy(key => key.Key, StringComparer.Ordinal).Select(key => (key.Key, key.LongCount())),
            (await rows.GroupBy(row => row.Name).Select(key => new { key.Key, Count = key.Sum(row => row.Count) }).OrderBy(key => key.Key).ToListAsync()).Select(key => (key.Key, key.Count)));
        Assert.Equal(points.Length, (await SummaryOfDouble.In(db).Day.For(["a", "b"]).Between(Noon, Noon).CollapseAsync()).Count);
    }

    /// <summary>Makes the tables as the operations of a first migration do.</summary>
    private static async Task MigrateAsync(Own db)
    {
        var model = db.GetService<IDesignTimeModel>().Model.GetRelationalModel();
        var operations = db.GetService<IMigrationsModelDiffer>().GetDifferences(source: null, model);
        foreach (var command in db.GetService<IMigrationsSqlGenerator>().Generate(operations, db.GetService<IDesignTimeModel>().Model))
        {
            await command.ExecuteNonQueryAsync(db.GetService<Microsoft.EntityFrameworkCore.Storage.IRelationalConnection>());
        }

        Assert.Empty(db.GetService<IMigrationsModelDiffer>().GetDifferences(model, model));
    }

    /// <summary>Points of two keys over twelve days, some of which are empty.</summary>
    private async Task<(string Key, int Day, int Hour, double Value)[]> InsertAsync(TypedStore store, int seed)
    {
        var random = new Random(seed);
        int[] days = [.. Enumerable.Range(0, Days).Where(_ => random.Next(3) > 0)];
        var points = Enumerable.Range(0, 150).Select(_ => (Key: random.Next(3) == 0 ? "a" : "b", Day: days[random.Next(days.Length)], Hour: random.Next(12), Value: (random.NextDouble() - 0.3) * 1e4)).ToArray();
        foreach (var cell in points.GroupBy(p => (p.Day, p.Hour)))
        {
            Clock.AdjustTime(s_first.AddDays(cell.Key.Day).AddHours(cell.Key.Hour));
            await SummaryOfDouble.In(store).InsertAsync(cell.Select(p => new SummaryOfDouble(p.Key, p.Value)));
        }

        Clock.AdjustTime(Noon);
        return points;
    }

    private static double[] Of((string Key, int Day, int Hour, double Value)[] points, Func<(string Key, int Day, int Hour, double Value), bool> condition) =>
        [.. points.Where(condition).Select(point => point.Value)];

    private static void Same(List<Bucket<Summary<double>>> days, (string Key, int Day, int Hour, double Value)[] points)
    {
        Assert.Equal(Enumerable.Range(0, Days).Select(day => s_first.AddDays(day)), days.Select(day => day.Start));
        foreach (var day in days)
        {
            Same(Of(points, p => s_first.AddDays(p.Day) == day.Start), day.Value);
        }
    }

    private static void Same(double[] values, Summary<double> summary)
    {
        Assert.Equal((values.Length, Extreme(values, v => v.Min()), Extreme(values, v => v.Max())), (summary.Count, summary.Min, summary.Max));
        Assert.Equal(values.Sum(), summary.Sum, 1e-6);
        if (values.Length > 0)
        {
            Assert.Equal(values.Average(), summary.Mean!.Value, 1e-6);
            Assert.Equal(Variance(values), summary.Variance!.Value, 1e-4);
        }
    }

    private static void Same(double[] values, NumericStatistics<double, double, double> stats, double seconds)
    {
        Assert.Equal((values.Length, Extreme(values, v => v.Min()), Extreme(values, v => v.Max())), (stats.Count, stats.Min, stats.Max));
        Assert.Equal(values.Sum(), stats.Sum, 1e-6);
        Assert.Equal(Extreme(values, v => v.Average()) ?? 0, stats.Mean ?? 0, 1e-6);
        Assert.Equal(values.Length / seconds, stats.Rate, 1e-12);
    }

    private static double? Extreme(double[] values, Func<double[], double> figure) => values.Length == 0 ? null : figure(values);

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / values.Length;
    }

    public class Own(DbContextOptions<Own> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTyped(new Chosen());
    }

    private sealed class Chosen : DeclarationModule
    {
        public override IReadOnlyList<Generated.Declaration> Declarations => [Generated.Declarations.Series<SummaryOfDouble, SummaryOfDouble.Key, double>()];
    }
}

public sealed class SummaryModelTestsOnSqlite() : SummaryModelTests(DatabaseServer.Sqlite);

public sealed class SummaryModelTestsOnPostgres() : SummaryModelTests(DatabaseServer.Postgres);
