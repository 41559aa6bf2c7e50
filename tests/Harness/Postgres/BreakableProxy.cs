using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Typed.Tests.Harness.Postgres;

/// <summary>
/// Stands on a loopback port in front of a PostgreSQL server and breaks connections on demand. What matters is the unknown outcome:
/// the server has done what was asked, and the client never hears of it.
/// </summary>
public sealed class BreakableProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<ProxiedConnection> _connections = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly EndPoint _server;
    private readonly Task _accepting;
    private volatile bool _refusing;
    private volatile Func<RequestFault>? _fault;
    private volatile bool _trickles;
    private volatile TaskCompletionSource _silence = new();
    private ReplyCut? _cut;

    private BreakableProxy(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        _server = settings.Host!.StartsWith('/')
            ? new UnixDomainSocketEndPoint($"{settings.Host}/.s.PGSQL.{settings.Port}")
            : new DnsEndPoint(settings.Host, settings.Port);
        _silence.SetResult();
        _listener.Start();
        settings.Host = "127.0.0.1";
        settings.Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        settings.SslMode = SslMode.Disable; // the proxy reads along
        ConnectionString = settings.ConnectionString;
        _accepting = AcceptAsync();
    }

    /// <summary>Leads through the proxy to the database that <see cref="To"/> got.</summary>
    public string ConnectionString { get; }

    /// <summary>A proxy in front of the server of that connection string; it passes everything until told otherwise.</summary>
    public static BreakableProxy To(string connectionString) => new(connectionString);

    /// <summary>The next transaction commits, and its client does not hear of it. See <see cref="CutReplyTo"/>.</summary>
    public Task CutReplyToCommit() => CutReplyTo("COMMIT\0"); // with the end of the text, because BEGIN may say READ COMMITTED

    /// <summary>
    /// Lets the next message that contains <paramref name="clientText"/> through to the server, waits for the server's answer,
    /// keeps it, and closes the connection. Happens once; other connections, and later ones, work on.
    /// </summary>
    /// <param name="clientText">Text as it stands on the wire: a part of a statement, at most 255 bytes. Case matters.</param>
    /// <returns>Completes when the connection has been cut, so that a test can assert that it came to that.</returns>
    public Task CutReplyTo(string clientText)
    {
        var cut = new ReplyCut(Encoding.UTF8.GetBytes(clientText), Once: true);
        Volatile.Write(ref _cut, cut);
        return cut.Happened;
    }

    /// <summary>
    /// Resets the connection of the next request that contains <paramref name="clientText"/>, and delivers the request to the server only after a time. Happens once.
    /// </summary>
    /// <param name="clientText">As in <see cref="CutReplyTo"/>.</param>
    /// <param name="late">How much later.</param>
    /// <returns>Completes when the server has answered the late request.</returns>
    public Task DeliverLate(string clientText, TimeSpan late)
    {
        var cut = new ReplyCut(Encoding.UTF8.GetBytes(clientText), Once: true, late);
        Volatile.Write(ref _cut, cut);
        return cut.Happened;
    }

    /// <summary>
    /// Lets the next request pass up to the end of <paramref name="clientText"/>, and nothing of its connection after that, in either direction. The server waits
    /// for the rest also when the client has gone. Happens once; other connections, and later ones, work on.
    /// </summary>
    /// <param name="clientText">As in <see cref="CutReplyTo"/>.</param>
    /// <returns>Completes when the head has been sent.</returns>
    public Task SwallowAfter(string clientText)
    {
        var cut = new ReplyCut(Encoding.UTF8.GetBytes(clientText), Once: true, Swallows: true);
        Volatile.Write(ref _cut, cut);
        return cut.Happened;
    }

    /// <summary>From now on each piece of a request meets a fault with a probability: it waits, is cut off, is done without an answer, or arrives late; until <see cref="Restore"/>.</summary>
    /// <param name="probability">0 to 1.</param>
    /// <param name="seed">Of the choices.</param>
    public void Misbehave(double probability, int seed)
    {
        var random = new Random(seed);
        _fault = () =>
        {
            lock (random)
            {
                return random.NextDouble() < probability ? (RequestFault)random.Next((int)RequestFault.Delay, (int)RequestFault.Late + 1) : RequestFault.None;
            }
        };
    }

    /// <summary>One piece of a request, counted from now on and from 1, meets a fault.</summary>
    /// <returns>Whether it came to that.</returns>
    public Func<bool> FaultAt(int piece, ProxyFault fault)
    {
        var pieces = 0;
        _fault = () => Interlocked.Increment(ref pieces) == piece ? (RequestFault)fault : RequestFault.None;
        return () => Volatile.Read(ref pieces) >= piece;
    }

    /// <summary>From now on nothing passes, and no connection ends; until <see cref="Restore"/>, when everything that waited passes.</summary>
    public void GoSilent() => _silence = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>From now on requests and answers pass byte by byte; until <see cref="Restore"/>.</summary>
    public void Trickle() => _trickles = true;

    /// <summary>From now on the server still gets and does what clients ask, but every answer ends its connection instead; until <see cref="Restore"/>.</summary>
    public void CutReplies() => Volatile.Write(ref _cut, new ReplyCut([], Once: false));

    /// <summary>The server is out of reach: closes every connection, and each new one at once; until <see cref="Restore"/>.</summary>
    public void Unplug()
    {
        _refusing = true;
        foreach (var connection in _connections)
        {
            connection.Close();
        }
    }

    /// <summary>Passes everything again. Connections that were closed stay closed.</summary>
    public void Restore()
    {
        _refusing = false;
        _fault = null;
        _trickles = false;
        _silence.TrySetResult();
        Volatile.Write(ref _cut, null);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        Unplug();
        _silence.TrySetResult();
        await Task.WhenAll(_connections.Select(connection => connection.Ended));
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                var connection = new ProxiedConnection(client, _server, CurrentCut, Fired, () => _fault?.Invoke() ?? RequestFault.None)
                {
                    Silence = () => _silence.Task,
                    Trickles = () => _trickles,
                };
                // Listed before the look at the plug, or a connection could slip through between the two.
                _connections.Enqueue(connection);
                if (_refusing)
                {
                    connection.Close();
                }

                connection.Start();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Disposed.
        }
    }

    private ReplyCut? CurrentCut() => Volatile.Read(ref _cut);

    private bool Fired(ReplyCut cut) => !cut.Once || ReferenceEquals(Interlocked.CompareExchange(ref _cut, null, cut), cut);
}
