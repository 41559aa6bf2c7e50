using System.Diagnostics;
using Typed.Tests.Harness.Databases;

namespace Typed.Benchmarks.Ratios.Opening;

/// <summary>
/// A process that opens a store of fifty declared types on a database that has them, beside one that runs EF Core's first query on it. Both start .NET too, the
/// same on either side.
/// </summary>
/// <param name="name">The name.</param>
/// <param name="server">The database.</param>
public abstract class OpenRatio(string name, DatabaseServer server) : IRatio
{
    private EmptyDatabase? _database;

    public string Name => name;

    public double Limit => 1.0;

    public int Pairs => 9;

    public int WarmUpPairs => 1;

    public async Task SetUpAsync()
    {
        _database = await server.CreateAsync();
        await using var store = await TypedStore.OpenAsync(options =>
        {
            Fifty.Choose(options);
            _database.Choose(options);
        });
        await _database.ExecuteAsync("CREATE TABLE \"Notes\" (\"Id\" integer PRIMARY KEY, \"Text\" text NOT NULL)");
    }

    public ValueTask Ours() => RunAsync(FirstUse.Ours);

    public ValueTask Theirs() => RunAsync(FirstUse.Theirs);

    public async ValueTask DisposeAsync()
    {
        await (_database?.DisposeAsync() ?? default);
        GC.SuppressFinalize(this);
    }

    private async ValueTask RunAsync(string side)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["open", side, _database!.ConnectionString])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(printed);
        }
    }
}

/// <summary>On SQLite.</summary>
public sealed class OpenSqliteRatio() : OpenRatio("open-sqlite", DatabaseServer.Sqlite);

/// <summary>On PostgreSQL.</summary>
public sealed class OpenPostgresRatio() : OpenRatio("open-postgres", DatabaseServer.Postgres);
