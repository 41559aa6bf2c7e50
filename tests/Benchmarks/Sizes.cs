using System.Globalization;
using Typed.Benchmarks.Ratios.Opening;
using Typed.Tests.Harness.Databases;

namespace Typed.Benchmarks;

/// <summary>Measures how many bytes a stored row takes, with its part of the indexes: the figures of docs/operations.md.</summary>
internal static class Sizes
{
    private const int Rows = 100_000;
    private const int Keys = 1_000;

    private static readonly (string Name, string Table)[] s_tables =
    [
        ("Count", "t05_minute"), ("Histogram, a distinct value", "t01_minute"), ("Summary", "t02_minute"), ("Gauge", "t03_minute"),
        ("Set, a distinct value", "t04_minute"), ("event of 100 bytes of JSON", "s41"),
    ];

    public static async Task<int> RunAsync()
    {
        // By what the database has less without a table.
        foreach (var (server, size) in new[]
        {
            (DatabaseServer.Postgres, "SELECT sum(pg_relation_size(oid)) FROM pg_class WHERE relnamespace = 'public'::regnamespace"),
            (DatabaseServer.Sqlite, "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size"),
        })
        {
            await using var database = await server.CreateAsync();
            await using (var store = await TypedStore.OpenAsync(options =>
            {
                Fifty.Choose(options);
                database.Choose(options);
            }))
            {
                await FillAsync(store);
            }

            foreach (var (name, table) in s_tables)
            {
                var rows = await database.RowsAsync(table);
                var before = await BytesAsync();
                await database.ExecuteAsync($"DROP TABLE {table}");
                var bytes = before - await BytesAsync();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{database.GetType().Name,-16} {name,-28} {rows,8} rows {bytes / rows,7:0} bytes each"));
            }

            async Task<double> BytesAsync() => Convert.ToDouble(await database.ScalarAsync(size), CultureInfo.InvariantCulture);
        }

        return 0;
    }

    /// <summary>A row per key and minute: keys are paths of 17 bytes.</summary>
    private static async Task FillAsync(TypedStore store)
    {
        var last = DateTimeOffset.UtcNow;
        foreach (var minute in Enumerable.Range(0, Rows / Keys))
        {
            var at = last.AddMinutes(minute - (Rows / Keys));
            var paths = Enumerable.Range(0, Keys).Select(key => string.Create(CultureInfo.InvariantCulture, $"/products/item{key:000}")).ToArray();
            await T05.In(store).InsertAsync(paths.Select(path => new T05(path, at)));
            await T01.In(store).InsertAsync(paths.Select(path => new T01(path, minute + 0.25, at)));
            await T02.In(store).InsertAsync(paths.Select(path => new T02(path, minute + 0.25, at)));
            await T03.In(store).InsertAsync(paths.Select(path => new T03(path, minute + 0.25, at)));
            await T04.In(store).InsertAsync(paths.Select(path => new T04(path, "10.200.30.40", at)));
            await S41.In(store).PutAsync(paths.Select(path => (new S41($"https://shop.example{path}?page=1&sort=price", 200, ["new", "sale"]), at)));
        }
    }
}
