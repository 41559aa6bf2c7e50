using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Typed.Benchmarks.Ratios.Opening;

/// <summary>The first thing that a process does with a database, in a process of its own.</summary>
internal static class FirstUse
{
    /// <summary>Opens a store of fifty types whose tables are there.</summary>
    public const string Ours = "store";

    /// <summary>Runs the first query of an EF Core context with one entity.</summary>
    public const string Theirs = "context";

    /// <summary>Does one of the two and prints the milliseconds that it took.</summary>
    public static async Task<int> RunAsync(string side, string connection)
    {
        var started = Stopwatch.GetTimestamp();
        if (side == Ours)
        {
            await using var store = await TypedStore.OpenAsync(options =>
            {
                Fifty.Choose(options);
                _ = IsPostgres(connection) ? options.UseNpgsql(connection) : options.UseSqlite(connection);
            });
        }
        else
        {
            await using var context = new FirstContext(connection);
            _ = await context.Notes.AsNoTracking().Where(note => note.Id == 1).ToListAsync();
        }

        Console.WriteLine(Stopwatch.GetElapsedTime(started).TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture));
        return 0;
    }

    private static bool IsPostgres(string connection) => connection.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    private sealed class FirstContext(string connection) : DbContext
    {
        public DbSet<Note> Notes => Set<Note>();

        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
            _ = IsPostgres(connection) ? optionsBuilder.UseNpgsql(connection) : optionsBuilder.UseSqlite(connection);
    }

    internal sealed class Note
    {
        public int Id { get; set; }

        public string Text { get; set; } = "";
    }
}
