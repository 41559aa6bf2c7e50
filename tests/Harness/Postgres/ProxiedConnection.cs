using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Typed.Tests.Harness.Postgres;

/// <summary>One client's way through a <see cref="BreakableProxy"/>.</summary>
internal sealed class ProxiedConnection(Socket client, EndPoint server, Func<ReplyCut?> currentCut, Func<ReplyCut, bool> fire, Func<RequestFault> nextFault)
{
    private static readonly TimeSpan s_silence = TimeSpan.FromMilliseconds(500);

    private readonly Socket _upstream = server is UnixDomainSocketEndPoint
        ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private volatile ReplyCut? _fired;

    /// <summary>Ends when bytes may pass.</summary>
    public required Func<Task> Silence { get; init; }

    /// <summary>Whether they pass one by one.</summary>
    public required Func<bool> Trickles { get; init; }

    public Task Ended { get; private set; } = Task.CompletedTask;

    public void Start() => Ended = RunAsync();

    public void Close()
    {
        client.Dispose();
        _upstream.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            client.NoDelay = true;
            await _upstream.ConnectAsync(server);
            var requests = ForwardRequestsAsync();
            await Task.WhenAny(requests, ForwardRepliesAsync());
            if (_fired is { Late: not null })
            {
                await requests;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Either end is gone; the other is to notice.
        }
        finally
        {
            if (_fired is { Swallows: true })
            {
                client.Dispose();
            }
            else
            {
                Close();
            }
        }
    }

    private async Task ForwardRequestsAsync()
    {
        var buffer = new byte[65536];
        var tail = 0; // bytes of the previous piece that may begin a trigger
        while (await client.ReceiveAsync(buffer.AsMemory(tail)) is var count and > 0)
        {
            var seen = tail + count;
            // Before the bytes go out, or the answer could overtake the order.
            if (_fired is null && currentCut() is { } cut && buffer.AsSpan(0, seen).IndexOf(cut.Trigger) >= 0 && fire(cut))
            {
                _fired = cut;
                if (cut.Swallows)
                {
                    var end = buffer.AsSpan(0, seen).IndexOf(cut.Trigger) + cut.Trigger.Length;
                    await SendAsync(_upstream, buffer.AsMemory(tail, end - tail));
                    cut.Report();
                    await SwallowRequestsAsync(buffer);
                    return;
                }

                if (cut.Late is { } late)
                {
                    await DeliverLateAsync(cut, late, buffer.AsMemory(tail, count));
                    return;
                }
            }

            if (_fired is null && await MeetFaultAsync(nextFault(), buffer.AsMemory(tail, count)))
            {
                return;
            }

            await SendAsync(_upstream, buffer.AsMemory(tail, count));
            var keep = Math.Min(seen, 255);
            buffer.AsSpan(seen - keep, keep).CopyTo(buffer);
            tail = keep;
        }
    }

    /// <summary>Whether the connection is over.</summary>
    private async Task<bool> MeetFaultAsync(RequestFault fault, ReadOnlyMemory<byte> piece)
    {
        switch (fault)
        {
            case RequestFault.Delay:
                await Task.Delay(Random.Shared.Next(1, 30));
                return false;
            case RequestFault.Cut:
                return true;
            case RequestFault.LoseReply:
                _fired = new ReplyCut([], Once: true);
                return false;
            case RequestFault.Late:
                var late = TimeSpan.FromMilliseconds(Random.Shared.Next(1, 300));
                _fired = new ReplyCut([], Once: true, late);
                await DeliverLateAsync(_fired, late, piece);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Takes the request to its end, lets the client lose its connection, and gives the request to the server after a while.</summary>
    private async Task DeliverLateAsync(ReplyCut cut, TimeSpan late, ReadOnlyMemory<byte> begun)
    {
        var request = new List<byte>(begun.ToArray());
        var piece = new byte[65536];
        using var pause = new CancellationTokenSource();
        try
        {
            while (!CollectionsMarshal.AsSpan(request).EndsWith("S\0\0\0\u0004"u8)) // Sync
            {
                pause.CancelAfter(s_silence);
                var count = await client.ReceiveAsync(piece, pause.Token);
                if (count == 0)
                {
                    break; // a client that says good-bye sends no Sync
                }

                request.AddRange(piece.AsSpan(0, count));
            }
        }
        catch (OperationCanceledException)
        {
            // The rows of COPY have no Sync behind them.
        }

        client.Close(0); // reset
        await Task.Delay(late);
        await SendAsync(_upstream, request.ToArray());
        using var silence = new CancellationTokenSource(s_silence);
        try
        {
            while (await _upstream.ReceiveAsync(piece, silence.Token) is var count and > 0 && piece.AsSpan(0, count).IndexOf("Z\0\0\0\u0005"u8) < 0)
            {
                // Until the server has answered.
            }
        }
        catch (OperationCanceledException)
        {
            // The answer was read by the reader of replies, before it stopped.
        }

        cut.Report();
    }

    private async Task SwallowRequestsAsync(byte[] buffer)
    {
        while (await client.ReceiveAsync(buffer) > 0)
        {
            // Until the client has gone.
        }
    }

    private async Task ForwardRepliesAsync()
    {
        var buffer = new byte[65536];
        while (await _upstream.ReceiveAsync(buffer) is var count and > 0)
        {
            if (_fired is { Swallows: true })
            {
                continue;
            }

            if (_fired is null && currentCut() is { Once: false } always)
            {
                _fired = always;
            }

            if (_fired is { Late: not null })
            {
                return; // the client is gone, and the late request has a reader of its own
            }

            if (_fired is { } cut)
            {
                await SwallowAsync(buffer, count);
                Close();
                cut.Report();
                return;
            }

            await SendAsync(client, buffer.AsMemory(0, count));
        }
    }

    /// <summary>Reads to the end of the answer, so that the work is done when the client sees the break: ReadyForQuery, or silence where none is due.</summary>
    private async Task SwallowAsync(byte[] buffer, int count)
    {
        try
        {
            while (count > 0 && buffer.AsSpan(0, count).IndexOf("Z\0\0\0\u0005"u8) < 0)
            {
                using var silence = new CancellationTokenSource(s_silence);
                count = await _upstream.ReceiveAsync(buffer, silence.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // COPY, say: the server waits for more, and so would the client.
        }
    }

    private async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        await Silence();
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(Trickles() ? bytes[..1] : bytes)..];
        }
    }
}
