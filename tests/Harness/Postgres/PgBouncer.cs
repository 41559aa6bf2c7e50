using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Xunit;

namespace Typed.Tests.Harness.Postgres;

/// <summary>A pgbouncer of one's own in transaction mode: each transaction of a client may run on another connection of the server.</summary>
public sealed class PgBouncer : IAsyncDisposable
{
    private static readonly string[] s_places = ["/usr/sbin/pgbouncer", "/usr/local/bin/pgbouncer", "/usr/bin/pgbouncer"];

    private readonly Process _process;
    private readonly string _folder;

    private PgBouncer(Process process, string folder, string connectionString) => (_process, _folder, ConnectionString) = (process, folder, connectionString);

    /// <summary>Leads through the bouncer.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts one in front of a database. The running test is skipped where none is installed, or where the server asks for a password.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="connections">How many connections to the server all clients share.</param>
    public static async Task<PgBouncer> StartAsync(string connectionString, int connections)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var program = s_places.FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "No pgbouncer is installed.");
        Assert.SkipUnless(string.IsNullOrEmpty(settings.Password), "The server asks for a password, which the bouncer would have to know.");
        var folder = Directory.CreateTempSubdirectory("typed-bouncer-").FullName;
        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder, "users.txt"), $"\"{settings.Username}\" \"\"\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "pgbouncer.ini"), $"""
            [databases]
            * = host={settings.Host} port={settings.Port}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            auth_file = {folder}/users.txt
            pool_mode = transaction
            default_pool_size = {connections}
            ignore_startup_parameters = extra_float_digits
            server_tls_sslmode = disable

            """.Replace("* = ", $"{settings.Database} = user={settings.Username} ", StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            // Another user is to read it.
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
                | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }

        // It refuses to run as root.
        string[] arguments = ["-q", .. Environment.IsPrivilegedProcess ? ["-u", "nobody"] : Array.Empty<string>(), Path.Combine(folder, "pgbouncer.ini")];
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        _ = process.StandardError.ReadToEndAsync(); // or it would wait for a reader
        var bouncer = new PgBouncer(
            process, folder, new NpgsqlConnectionStringBuilder(connectionString) { Host = "127.0.0.1", Port = port, SslMode = SslMode.Disable }.ConnectionString);
        try
        {
            await bouncer.ListenAsync(port);
            return bouncer;
        }
        catch
        {
            await bouncer.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ListenAsync(int port)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (attempt < 100 && !_process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
