using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Typed.Tests.Harness.Postgres;

/// <summary>Stands in front of a PostgreSQL server, and lets connections fall silent without closing them: as a firewall does that forgot them, or a server that hangs.</summary>
public sealed class SilentProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<Way> _ways = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly EndPoint _server;
    private readonly Task _accepting;
    private volatile bool _silent;

    public SilentProxy(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        _server = settings.Host!.StartsWith('/')
            ? new UnixDomainSocketEndPoint($"{settings.Host}/.s.PGSQL.{settings.Port}")
            : new DnsEndPoint(settings.Host, settings.Port);
        _listener.Start();
        settings.Host = "127.0.0.1";
        settings.Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        settings.SslMode = SslMode.Disable;
        ConnectionString = settings.ConnectionString;
        _accepting = AcceptAsync();
    }

    public string ConnectionString { get; }

    /// <summary>Connections that were opened so far.</summary>
    public int Opened => _ways.Count;

    /// <summary>Connections that fell silent, and that their client has not closed yet.</summary>
    public int SilentOpen => _ways.Count(way => way is { IsSilent: true, IsClosed: false });

    /// <summary>No connection that is open now passes another byte. New ones do.</summary>
    public void SilenceOpen()
    {
        foreach (var way in _ways)
        {
            way.IsSilent = true;
        }
    }

    /// <summary>No connection passes another byte, neither those that are open nor new ones, which are accepted all the same.</summary>
    public void SilenceAll()
    {
        _silent = true;
        SilenceOpen();
    }

    /// <summary>New connections pass everything again; those that fell silent stay so.</summary>
    public void Restore() => _silent = false;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        foreach (var way in _ways)
        {
            way.Dispose();
        }

        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var way = new Way(await _listener.AcceptSocketAsync(_stop.Token)) { IsSilent = _silent };
                _ways.Enqueue(way);
                _ = way.RunAsync(_server);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Disposed.
        }
    }

    private sealed class Way(Socket client) : IDisposable
    {
        private readonly Socket _upstream = new(SocketType.Stream, ProtocolType.Tcp);

        public volatile bool IsSilent;

        public volatile bool IsClosed;

        public async Task RunAsync(EndPoint server)
        {
            try
            {
                client.NoDelay = true;
                if (!IsSilent)
                {
                    await _upstream.ConnectAsync(server);
                    _upstream.NoDelay = true;
                    _ = PassAsync(_upstream, client);
                }

                await PassAsync(client, _upstream);
                IsClosed = true;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                IsClosed = true;
            }

            if (!IsSilent)
            {
                Dispose(); // the server hears of it, too
            }
        }

        public void Dispose()
        {
            client.Dispose();
            _upstream.Dispose();
        }

        private async Task PassAsync(Socket from, Socket to)
        {
            var buffer = new byte[65536];
            try
            {
                while (await from.ReceiveAsync(buffer) is var count and > 0)
                {
                    for (var sent = 0; !IsSilent && sent < count;)
                    {
                        sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
                    }
                }

                if (!IsSilent)
                {
                    to.Shutdown(SocketShutdown.Send);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                if (ReferenceEquals(from, client))
                {
                    IsClosed = true;
                }
                else if (!IsSilent)
                {
                    client.Dispose();
                }
            }
        }
    }
}
