using Npgsql;
using Typed.Package.Tests.Harness;
using Typed.Tests.Harness.Postgres;

namespace Typed.Package.Tests;

/// <summary>Programs that have nothing but the packages were built with warnings as errors; here they run.</summary>
public class ConsumerTests(Workshop workshop)
{
    [Fact]
    public async Task The_program_of_the_readme_runs()
    {
        var (exit, output) = await workshop.RunAsync("Console", ("LC_ALL", "C.UTF-8"));

        Assert.True(exit == 0, output);
        Assert.Contains("2 requests, p95 250 ms", output, StringComparison.Ordinal);
        Assert.Contains("3 requests, mean 98 ms", output, StringComparison.Ordinal);
    }

    // The libraries speak C# 12. The application names no package and declares nothing; what it stores, its references declare.
    [Fact]
    public async Task An_application_of_libraries_that_declare_types_runs()
    {
        var (exit, output) = await workshop.RunAsync("App");

        Assert.True(exit == 0, output);
        Assert.Equal(["1 19.9 /home 1", "App.TypedModule"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task A_worker_runs_on_PostgreSQL()
    {
        await using var database = await PostgresCluster.CreateDatabaseAsync("worker");

        var (exit, output) = await workshop.RunAsync("Worker", ("DATABASE", database.ConnectionString));

        Assert.True(exit == 0, output);
        Assert.Equal("1000 hits, 10 views", output.Trim());
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("SELECT sum(value) FROM meter_count_day WHERE instrument = 'posted'", connection);
        Assert.Equal(1_000.0, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        Assert.DoesNotContain("AspNetCore", await File.ReadAllTextAsync(workshop.Built("Worker", "Worker.runtimeconfig.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    // The system ends the application while requests come in; each that was answered is on disk.
    [Fact]
    public async Task A_web_application_counts_every_request_that_it_answered()
    {
        var answered = 0;
        for (var round = 0; round < 2; round++)
        {
            await using var web = await WebApplication.StartAsync(workshop);
            Assert.Equal("Healthy", await web.GetAsync("/health"));
            Assert.Equal($"{answered}", await web.GetAsync("/count/home"));

            var load = web.LoadAsync("/hit/home", clients: 8, stopAfter: 200);
            await load.Reached;
            await web.TerminateAsync();

            answered += await load.Answered;
        }

        await using var last = await WebApplication.StartAsync(workshop);
        Assert.Equal($"{answered}", await last.GetAsync("/count/home"));
    }

    [Fact]
    public async Task A_web_application_records_itself()
    {
        await using (var web = await WebApplication.StartAsync(workshop, "Watched"))
        {
            Assert.Equal("Healthy", await web.GetAsync("/health"));
            for (var i = 0; i < 3; i++)
            {
                await web.GetAsync("/hit/home");
            }

            await web.TerminateAsync();
        }

        await using var again = await WebApplication.StartAsync(workshop, "Watched");
        Assert.Equal("3", await again.GetAsync("/hits/home"));
        Assert.Contains("GET /hit/{page} 2xx: 3, p95 ", await again.GetAsync("/requests"), StringComparison.Ordinal);
        Assert.DoesNotContain("/health", await again.GetAsync("/requests"), StringComparison.Ordinal);
        Assert.Contains("Application started.", await again.GetAsync("/logs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrations_of_a_context_own_the_tables()
    {
        var (made, log) = await workshop.EntityFrameworkAsync("Owner", "migrations", "add", "First", "--no-build", "--context", "ShopDb");
        Assert.True(made == 0, log);
        var migration = await File.ReadAllTextAsync(
            Assert.Single(Directory.GetFiles(Path.Combine(workshop.Folder("Owner"), "Migrations"), "*_First.cs")), TestContext.Current.CancellationToken);
        Assert.Contains("sale_day", migration, StringComparison.Ordinal);
        var (built, errors) = await workshop.BuildAsync("Owner", "--no-restore");
        Assert.True(built == 0, errors);

        await RunOwnerAsync(workshop, "built");
        var (pending, changes) = await workshop.EntityFrameworkAsync("Owner", "migrations", "has-pending-model-changes", "--no-build", "--context", "ShopDb");
        Assert.True(pending == 0, changes);

        await ChangeAsync(workshop);
        await CompileModelsAsync(workshop);
    }

    /// <summary>A model that EF writes as code does what the one that is built at run time does, on both databases.</summary>
    private static async Task CompileModelsAsync(Workshop workshop)
    {
        foreach (var context in new[] { "ShopDb", "CloudDb" })
        {
            var (compiled, log) = await workshop.EntityFrameworkAsync(
                "Owner", "dbcontext", "optimize", "--no-build", "--context", context, "--output-dir", $"CompiledModels/{context}", "--namespace", $"Owner.Of{context}");
            Assert.True(compiled == 0, log);
        }

        var (built, errors) = await workshop.BuildAsync("Owner", "--no-restore");
        Assert.True(built == 0, errors);
        File.Delete(Path.Combine(workshop.Folder("Owner"), "owner.db"));

        await RunOwnerAsync(workshop, "compiled");
        await using var database = await PostgresCluster.CreateDatabaseAsync("owner");
        await RunOwnerAsync(workshop, "compiled", ("DATABASE", database.ConnectionString));
    }

    private static async Task RunOwnerAsync(Workshop workshop, string model, params (string Name, string Value)[] environment)
    {
        var (exit, output) = await workshop.RunAsync("Owner", environment);

        Assert.True(exit == 0, output);
        Assert.Equal(
            $"""
            {model}
            Lyon: 25.00
            waits: 1, 0.1 2026-05-01 12:00:00Z
            paid: 1, Ana, Card, cup
            customers: 1, Ana, Card
            texts: rue-x Card Cash+Card 00:03:00, rue-y Cash
            joined: 1, rue-x 0.1
            scans: 1
            """,
            output.ReplaceLineEndings("\n").TrimEnd());
    }

    /// <summary>Another grid: refused where there are rows, until the migration says what becomes of them.</summary>
    private static async Task ChangeAsync(Workshop workshop)
    {
        var declaration = Path.Combine(workshop.Folder("Owner"), "Sale.cs");
        await ReplaceAsync(declaration, "daily by 1h", "daily by 2h");
        await BuildAsync();
        await RunAsync(0, "", "migrations", "add", "Second", "--no-build");
        await BuildAsync();
        var refusal = "The migration changes how the rows of sale_day are laid out, and it holds some: interval ''day'' was ''daily by 1h'' and is now ''daily by 2h''.";
        await RunAsync(0, refusal, "migrations", "script", "First", "Second", "--no-build");
        await RunAsync(1, refusal.Replace("''", "'", StringComparison.Ordinal), "database", "update", "--no-build");

        var migration = Assert.Single(Directory.GetFiles(Path.Combine(workshop.Folder("Owner"), "Migrations"), "*_Second.cs"));
        await ReplaceAsync(migration, "migrationBuilder.AlterTable", "migrationBuilder.DropSeries(\"sale_day\");\n            migrationBuilder.AlterTable");
        await ReplaceAsync(migration, "using Microsoft", "using Typed;\nusing Microsoft", onlyFirst: true);
        await BuildAsync();
        await RunAsync(0, "", "database", "update", "--no-build");
        await RunAsync(0, "", "migrations", "has-pending-model-changes", "--no-build");
        await RunAsync(0, "", "database", "update", "First", "--no-build");

        async Task BuildAsync()
        {
            var (exit, output) = await workshop.BuildAsync("Owner", "--no-restore");
            Assert.True(exit == 0, output);
        }

        async Task RunAsync(int expected, string words, params string[] arguments)
        {
            var (exit, output) = await workshop.EntityFrameworkAsync("Owner", [.. arguments, "--context", "ShopDb"]);
            Assert.True(exit == expected, output);
            Assert.Contains(words, output, StringComparison.Ordinal);
        }
    }

    private static async Task ReplaceAsync(string file, string old, string text, bool onlyFirst = false)
    {
        var was = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var at = was.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, was);
        var now = onlyFirst ? was[..at] + text + was[(at + old.Length)..] : was.Replace(old, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, now, TestContext.Current.CancellationToken);
    }
}
