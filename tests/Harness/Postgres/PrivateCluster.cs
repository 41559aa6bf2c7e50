using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Xunit;

namespace Typed.Tests.Harness.Postgres;

/// <summary>
/// A PostgreSQL server of one's own, in a temp folder, on a free loopback port. Most tests share the one behind
/// <see cref="PostgresCluster"/>; a test that stops or crashes its server starts one itself.
/// </summary>
public sealed class PrivateCluster : IAsyncDisposable
{
    private readonly Process _guardian;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private PrivateCluster(Process guardian) => _guardian = guardian;

    /// <summary>The port on 127.0.0.1; it stays the same across <see cref="StartAsync"/>.</summary>
    public int Port { get; private set; }

    /// <summary>Connects as superuser to the database <c>postgres</c>.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = "postgres",
        Database = "postgres",
        IncludeErrorDetail = true,
    }.ConnectionString;

    /// <summary>Makes a new cluster and starts it; takes about two seconds. The running test is skipped where no server is installed.</summary>
    /// <exception cref="InvalidOperationException">
    /// The server does not start (the message holds its log), or none is installed although <c>TYPED_REQUIRE_POSTGRES=1</c> says that one must be.
    /// </exception>
    public static async Task<PrivateCluster> CreateAsync()
    {
        if (PostgresBinaries.Missing is { } reason)
        {
            GiveUp(reason, Environment.GetEnvironmentVariable("TYPED_REQUIRE_POSTGRES") is "1");
        }

        var cluster = new PrivateCluster(StartGuardian());
        try
        {
            await cluster.AskAsync("create");
            await cluster.StartOnFreePortAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Skips the running test because there is no server, or fails it where there must be one.</summary>
    [DoesNotReturn]
    public static void GiveUp(string reason, bool isRequired)
    {
        var message = $"No PostgreSQL: {reason}. Install a server or set TYPED_POSTGRES.";
        if (isRequired)
        {
            throw new InvalidOperationException(message);
        }

        Assert.Skip(message);
    }

    /// <summary>Ends the server as a crash would: no checkpoint, every connection lost; committed data comes back on the next start.</summary>
    public Task CrashAsync() => AskAsync("crash");

    /// <summary>Stops the server in order; open transactions roll back.</summary>
    public Task StopAsync() => AskAsync("stop");

    /// <summary>Starts the server again on the same port.</summary>
    public Task StartAsync() => AskAsync($"start {Port}");

    public async ValueTask DisposeAsync()
    {
        Release();
        await _guardian.WaitForExitAsync();
        _guardian.Dispose();
        _turn.Dispose();
    }

    /// <summary>Tells the guardian to clean up, without waiting for it.</summary>
    internal void Release() => _guardian.StandardInput.Close();

    private static Process StartGuardian()
    {
        string[] command = [.. PostgresBinaries.StepDown is { Count: > 0 } stepDown ? stepDown : ["/bin/sh"], "-c", Script()];
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/", // the test's own folder may be closed to the user postgres
            Environment = { ["TYPED_BINARIES"] = PostgresBinaries.Folder },
        };
        return Process.Start(start)!;
    }

    private static string Script()
    {
        using var reader = new StreamReader(typeof(PrivateCluster).Assembly.GetManifestResourceStream("guardian.sh")!);
        return reader.ReadToEnd();
    }

    private async Task StartOnFreePortAsync()
    {
        // Somebody else may take the port between the look and the start.
        for (var attempt = 1; ; attempt++)
        {
            Port = FreePort();
            try
            {
                await StartAsync();
                return;
            }
            catch (InvalidOperationException) when (attempt < 5)
            {
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task AskAsync(string request)
    {
        await _turn.WaitAsync();
        try
        {
            await _guardian.StandardInput.WriteLineAsync(request);
            await _guardian.StandardInput.FlushAsync();
            var answer = await _guardian.StandardOutput.ReadLineAsync() ?? "the guardian has ended";
            if (!string.Equals(answer, "done", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"PostgreSQL, {request}: {answer}");
            }
        }
        finally
        {
            _turn.Release();
        }
    }
}
