using System.Diagnostics;
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
    }

    [Fact]
    public async Task A_web_application_answers()
    {
        using var web = Process.Start(DotNet.Describe(workshop.Folder("Web"), [workshop.Built("Web", "Web.dll")]))!;
        try
        {
            var address = await web.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            using var http = new HttpClient { BaseAddress = new Uri(address ?? $"no:{await web.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}") };

            (await http.GetAsync(new Uri("/hit/home", UriKind.Relative), TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
            (await http.GetAsync(new Uri("/hit/home", UriKind.Relative), TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

            Assert.Equal("2", await http.GetStringAsync(new Uri("/count/home", UriKind.Relative), TestContext.Current.CancellationToken));
        }
        finally
        {
            web.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task Migrations_of_a_context_own_the_tables()
    {
        var (made, log) = await workshop.EntityFrameworkAsync("Owner", "migrations", "add", "First", "--no-build");
        Assert.True(made == 0, log);
        var migration = await File.ReadAllTextAsync(
            Assert.Single(Directory.GetFiles(Path.Combine(workshop.Folder("Owner"), "Migrations"), "*_First.cs")), TestContext.Current.CancellationToken);
        Assert.Contains("sale_day", migration, StringComparison.Ordinal);
        var (built, errors) = await workshop.BuildAsync("Owner");
        Assert.True(built == 0, errors);

        var (exit, output) = await workshop.RunAsync("Owner");

        Assert.True(exit == 0, output);
        Assert.Equal("Lyon: 25.00", output.Trim());
        var (pending, changes) = await workshop.EntityFrameworkAsync("Owner", "migrations", "has-pending-model-changes", "--no-build");
        Assert.True(pending == 0, changes);
    }
}
