using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>
/// A migration of an application's own context that changes a declaration: refused where the table holds rows, until it says what becomes of them.
/// </summary>
public abstract class OwnMigrationTests(DatabaseServer server) : StoreSuite(server)
{
    private static readonly Dictionary<string, Version> s_versions = new(StringComparer.Ordinal)
    {
        ["step"] = Version.Of<OtherStep.Changing>(
            ["hour"], "interval 'hour' was '1h' and is now '30m'", async db => await OtherStep.Changing.In(db).InsertAsync("a", 1)),
        ["resolution"] = Version.Of<OtherResolution.Changing>(["day"], "by 2h", async db => await OtherResolution.Changing.In(db).InsertAsync("a", 1)),
        ["zone"] = Version.Of<OtherZone.Changing>(["day"], "Asia/Tokyo", async db => await OtherZone.Changing.In(db).InsertAsync("a", 1)),
        ["type"] = Version.Of<OtherType.Changing>(
            ["hour", "day"], "type was 'Count' and is now 'Histogram'", async db => await OtherType.Changing.In(db).InsertAsync("a", 1)),
        ["key"] = Version.Of<OtherKey.Changing>(["hour", "day"], "Name Int32", async db => await OtherKey.Changing.In(db).InsertAsync(1, 1)),
        ["keys"] = Version.Of<MoreKeys.Changing>(
            ["hour", "day"], "'Name String, Region String'", async db => await MoreKeys.Changing.In(db).InsertAsync(new MoreKeys.Changing("a", "b", 1))),
        ["value"] = Version.Of<OtherValue.Changing>(["hour", "day"], "Value Double", async db => await OtherValue.Changing.In(db).InsertAsync("a", 1)),
        ["namespace"] = Version.Of<Namespaced.Changing>(
            ["hour", "day"], "'Namespace String, Name String'", async db => await Namespaced.Changing.In(db).InsertAsync("a", 1)),
    };

    private static readonly Dictionary<string, (Type Before, Type After, Func<DbContext, string, int, DateTimeOffset, Task> Insert)> s_moved = new(StringComparer.Ordinal)
    {
        ["count"] = (typeof(InParis.MovedCount), typeof(InTokyo.MovedCount), async (db, key, value, at) =>
        {
            if (db is OwnLayoutTests.Later<InParis.MovedCount>)
            {
                await InParis.MovedCount.In(db).InsertAsync(new InParis.MovedCount(key, value + 0.01m, at));
            }
            else
            {
                await InTokyo.MovedCount.In(db).InsertAsync(new InTokyo.MovedCount(key, value + 0.01m, at));
            }
        }),
        ["histogram"] = (typeof(InParis.MovedHistogram), typeof(InTokyo.MovedHistogram), async (db, key, value, at) =>
        {
            if (db is OwnLayoutTests.Later<InParis.MovedHistogram>)
            {
                await InParis.MovedHistogram.In(db).InsertAsync(new InParis.MovedHistogram(key, value, at));
            }
            else
            {
                await InTokyo.MovedHistogram.In(db).InsertAsync(new InTokyo.MovedHistogram(key, value, at));
            }
        }),
        ["summary"] = (typeof(InParis.MovedSummary), typeof(InTokyo.MovedSummary), async (db, key, value, at) =>
        {
            // Equal values, whose deviations no order of adding up changes.
            if (db is OwnLayoutTests.Later<InParis.MovedSummary>)
            {
                await InParis.MovedSummary.In(db).InsertAsync(new InParis.MovedSummary(key, 4, at));
            }
            else
            {
                await InTokyo.MovedSummary.In(db).InsertAsync(new InTokyo.MovedSummary(key, 4, at));
            }
        }),
        ["gauge"] = (typeof(InParis.MovedGauge), typeof(InTokyo.MovedGauge), async (db, key, value, at) =>
        {
            if (db is OwnLayoutTests.Later<InParis.MovedGauge>)
            {
                await InParis.MovedGauge.In(db).InsertAsync(new InParis.MovedGauge(key, value, at));
            }
            else
            {
                await InTokyo.MovedGauge.In(db).InsertAsync(new InTokyo.MovedGauge(key, value, at));
            }
        }),
        ["set"] = (typeof(InParis.MovedSet), typeof(InTokyo.MovedSet), async (db, key, value, at) =>
        {
            if (db is OwnLayoutTests.Later<InParis.MovedSet>)
            {
                await InParis.MovedSet.In(db).InsertAsync(new InParis.MovedSet(key, $"v{value}", at));
            }
            else
            {
                await InTokyo.MovedSet.In(db).InsertAsync(new InTokyo.MovedSet(key, $"v{value}", at));
            }
        }),
    };

    public static TheoryData<string> Series => [.. s_moved.Keys];

    public static TheoryData<string> Changes => [.. s_versions.Keys];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_is_refused_where_there_are_rows(string change)
    {
        var version = s_versions[change];
        await CreateAsync(rows: true);

        var error = await Assert.ThrowsAnyAsync<DbException>(() => MigrateAsync<Original.Changing>(version.Type));

        Assert.Contains(version.Words, error.Message, StringComparison.Ordinal);
        foreach (var way in (string[])["RebuildSeries", "RenameSeries", "DropSeries"])
        {
            Assert.Contains($"{way}(\"changing_{version.Intervals[0]}\"", error.Message, StringComparison.Ordinal);
        }

        await using var before = Open(typeof(Original.Changing));
        Assert.Equal(3, await Original.Changing.In(before).Hour.For("a").All().CollapseAsync());
        Assert.Equal(3, await Original.Changing.In(before).Day.For("a").All().CollapseAsync());
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task It_passes_where_there_are_none(string change)
    {
        var version = s_versions[change];
        await CreateAsync(rows: false);

        await MigrateAsync<Original.Changing>(version.Type);

        await using var db = Open(version.Type);
        await version.Insert(db);
        Assert.Equal(1, await Database.RowsAsync("changing_hour"));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Rows_are_dropped(string change)
    {
        var version = s_versions[change];
        foreach (var first in (bool[])[true, false])
        {
            await CreateAsync(rows: true);

            await MigrateAsync<Original.Changing>(version.Type, migration => Each(version, table => migration.DropSeries(table)), first);

            Assert.Equal(version.Intervals.Contains("hour") ? 0 : 1, await Database.RowsAsync("changing_hour"));
            Assert.Equal(version.Intervals.Contains("day") ? 0 : 1, await Database.RowsAsync("changing_day"));
            await using var db = Open(version.Type);
            await version.Insert(db);
            await DropAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Rows_are_kept_under_another_name(string change)
    {
        var version = s_versions[change];
        await CreateAsync(rows: true);

        await MigrateAsync<Original.Changing>(version.Type, migration => Each(version, table => migration.RenameSeries(table, table + "_old")));

        await using var db = Open(version.Type);
        await version.Insert(db);
        foreach (var interval in version.Intervals)
        {
            Assert.Equal(3L, Convert.ToInt64(await Database.ScalarAsync($"SELECT \"value\" FROM \"changing_{interval}_old\""), null));
            Assert.Equal(1, await Database.RowsAsync($"changing_{interval}"));
        }

        // And back, beside the first.
        var back = new MigrationBuilder(db.Database.ProviderName);
        Each(version, table => back.RenameSeries(table, table + "_new"));
        await MigrateAsync(version.Type, typeof(Original.Changing), back, first: true);
        await using var before = Open(typeof(Original.Changing));
        await Original.Changing.In(before).InsertAsync("a", 5);
        Assert.Equal(1, await Database.RowsAsync($"changing_{version.Intervals[0]}_new"));
        Assert.Equal(3L, Convert.ToInt64(await Database.ScalarAsync($"SELECT \"value\" FROM \"changing_{version.Intervals[0]}_old\""), null));
    }

    [Theory]
    [MemberData(nameof(Series))]
    public async Task Rows_are_rebuilt_as_if_the_interval_had_always_been_so(string series)
    {
        var (before, after, insert) = s_moved[series];
        await FillAsync(Database, before, insert);
        var migration = new MigrationBuilder(activeProvider: null).RebuildSeries($"moved_{series}_day", from: $"moved_{series}_hour");

        await MigrateAsync(before, after, migration, first: true);

        await using var truth = await Server.CreateAsync();
        await FillAsync(truth, after, insert);
        foreach (var interval in (string[])["day", "hour"])
        {
            var sql = $"SELECT * FROM \"moved_{series}_{interval}\" ORDER BY 1, 2, 3";
            Assert.Equal(await truth.ReadAsync(sql), await Database.ReadAsync(sql));
        }

        Assert.True(await Database.RowsAsync($"moved_{series}_day") > 1);
        await using var db = Open(after);
        await insert(db, "b", 1, Noon);
    }

    [Fact]
    public async Task A_rebuild_from_cells_that_do_not_fit_is_refused()
    {
        var (before, after, insert) = s_moved["count"];
        await FillAsync(Database, before, insert);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => MigrateAsync(
            before, after, new MigrationBuilder(activeProvider: null).RebuildSeries("moved_count_hour", from: "moved_count_day"), first: true));
        Assert.Contains("moved_count_hour cannot be rebuilt from moved_count_day, whose rows the migration changes too", error.Message, StringComparison.Ordinal);

        await CreateAsync(rows: true);
        error = await Assert.ThrowsAsync<InvalidOperationException>(() => MigrateAsync<Original.Changing>(
            typeof(OtherStep.Changing), migration => migration.RebuildSeries("changing_hour", from: "changing_day")));
        Assert.Contains("'hour: 30m' cannot be rebuilt from 'day: daily by 1h in Europe/Paris'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_change_needs_no_word()
    {
        await CreateAsync(rows: true);

        await MigrateAsync<Original.Changing>(typeof(OtherKeep.Changing));
        await MigrateAsync<OtherKeep.Changing>(typeof(MoreIntervals.Changing));

        await using var db = Open(typeof(MoreIntervals.Changing));
        Assert.Equal(3, await MoreIntervals.Changing.In(db).Hour.For("a").All().CollapseAsync());
    }

    [Fact]
    public async Task A_word_about_a_table_that_the_migration_does_not_know_is_refused()
    {
        await CreateAsync(rows: true);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => MigrateAsync<Original.Changing>(typeof(OtherStep.Changing), migration => migration.RenameSeries("changing_huor", "old")));
        Assert.Contains("RenameSeries names the table changing_huor", error.Message, StringComparison.Ordinal);

        error = await Assert.ThrowsAsync<InvalidOperationException>(() => MigrateAsync<Original.Changing>(
            typeof(OtherStep.Changing), migration => migration.DropSeries("changing_hour").RenameSeries("changing_hour", "old")));
        Assert.Contains("says twice what becomes of the rows of changing_hour: DropSeries, RenameSeries", error.Message, StringComparison.Ordinal);
    }

    // As a script of dotnet ef that can be run again has it, on PostgreSQL inside of a block.
    [Fact]
    public async Task A_script_refuses_too()
    {
        await CreateAsync(rows: true);
        await using var before = Open(typeof(Original.Changing));
        await using var after = Open(typeof(OtherStep.Changing));
        var changes = after.GetService<IMigrationsModelDiffer>().GetDifferences(Designed(before), Designed(after));
        var script = string.Concat(after.GetService<IMigrationsSqlGenerator>().Generate(
            changes, Designed(after).Model, MigrationsSqlGenerationOptions.Script).Select(command => command.CommandText));
        var text = ReferenceEquals(Server, DatabaseServer.Sqlite) ? script : $"DO $EF$ BEGIN IF NOT EXISTS (SELECT WHERE FALSE) THEN {script} END IF; END $EF$;";

        var error = await Assert.ThrowsAnyAsync<DbException>(() => Database.ScalarAsync(text));

        Assert.Contains("interval 'hour' was '1h' and is now '30m'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_are_checked()
    {
        var migration = new MigrationBuilder(activeProvider: null);

        Assert.Throws<ArgumentException>(() => migration.DropSeries(" "));
        Assert.Throws<ArgumentException>(() => migration.RenameSeries("a", ""));
        Assert.Throws<ArgumentException>(() => migration.RenameSeries("a", "A"));
        Assert.Throws<ArgumentException>(() => migration.RebuildSeries("a", from: "a"));
        Assert.Empty(migration.Operations);
    }

    private static void Each(Version version, Action<string> choose)
    {
        foreach (var interval in version.Intervals)
        {
            choose($"changing_{interval}");
        }
    }

    private async Task CreateAsync(bool rows)
    {
        await using var db = Open(typeof(Original.Changing));
        await db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript());
        if (rows)
        {
            await Original.Changing.In(db).InsertAsync("a", 3);
        }
    }

    /// <summary>Two keys, five days around the change to summer time, several values in an hour.</summary>
    private static async Task FillAsync(EmptyDatabase database, Type declared, Func<DbContext, string, int, DateTimeOffset, Task> insert)
    {
        await using var db = Open(declared, database);
        await db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript());
        for (var i = 0; i < 60; i++)
        {
            await insert(db, i % 2 == 0 ? "a" : "b", i % 5, new DateTimeOffset(2026, 3, 27, 0, 10, 0, TimeSpan.Zero).AddHours(i * 2).AddMinutes(i % 40));
        }
    }

    private async Task DropAsync()
    {
        await Database.ScalarAsync("DROP TABLE \"changing_hour\"");
        await Database.ScalarAsync("DROP TABLE \"changing_day\"");
    }

    private async Task MigrateAsync<TFrom>(Type to, Action<MigrationBuilder>? choose = null, bool first = true)
    {
        await using var db = Open(to);
        var migration = new MigrationBuilder(db.Database.ProviderName);
        choose?.Invoke(migration);
        await MigrateAsync(typeof(TFrom), to, migration, first);
    }

    // As the migrator does it with a migration of these operations.
    private async Task MigrateAsync(Type from, Type to, MigrationBuilder chosen, bool first)
    {
        await using var before = Open(from);
        await using var after = Open(to);
        var changes = after.GetService<IMigrationsModelDiffer>().GetDifferences(Designed(before), Designed(after));
        var commands = after.GetService<IMigrationsSqlGenerator>().Generate(
            first ? [.. chosen.Operations, .. changes] : [.. changes, .. chosen.Operations], Designed(after).Model);
        await after.GetService<IMigrationCommandExecutor>().ExecuteNonQueryAsync(commands, after.GetService<IRelationalConnection>());
    }

    private static IRelationalModel Designed(DbContext db) => db.GetService<IDesignTimeModel>().Model.GetRelationalModel();

    private DbContext Open(Type declared) => Open(declared, Database);

    private static DbContext Open(Type declared, EmptyDatabase database) =>
        (DbContext)typeof(OwnMigrationTests).GetMethod(nameof(OpenIn))!.MakeGenericMethod(declared).Invoke(null, [database])!;

    public static DbContext OpenIn<T>(EmptyDatabase database)
    {
        var options = new DbContextOptionsBuilder<OwnLayoutTests.Later<T>>();
        database.Choose(options);
        return new OwnLayoutTests.Later<T>(options.UseTyped().Options);
    }

    private sealed record Version(Type Type, string[] Intervals, string Words, Func<DbContext, Task> Insert)
    {
        public static Version Of<T>(string[] intervals, string words, Func<DbContext, Task> insert) => new(typeof(T), intervals, words, insert);
    }
}

public sealed class OwnMigrationTestsOnSqlite() : OwnMigrationTests(DatabaseServer.Sqlite);

public sealed class OwnMigrationTestsOnPostgres() : OwnMigrationTests(DatabaseServer.Postgres);
