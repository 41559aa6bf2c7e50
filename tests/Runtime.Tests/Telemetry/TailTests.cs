using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Telemetry;

[EventStream(Follow = true)]
public partial record TailedOrder(int Number, string Text);

/// <summary>A stream as server-sent events: who comes back with the last id misses nothing and gets nothing twice.</summary>
public abstract class TailTests(DatabaseServer server) : StoreSuite(server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_listener_that_comes_back_misses_nothing()
    {
        await using var app = await StartAsync(_ => { });
        using var http = Client(app);
        var orders = TailedOrder.In(app.Services.GetRequiredService<TypedStore>());
        await orders.PutAsync(new TailedOrder(0, "before anybody listens"), cancellationToken: Cancellation);

        // It is behind the horizon, which transactions of other tests may hold back.
        await using (var followed = orders.Follow(StreamPosition.Start, Cancellation).GetAsyncEnumerator(Cancellation))
        {
            Assert.True(await followed.MoveNextAsync());
        }

        var (numbers, last) = (new List<int>(), "");
        for (var round = 0; round < 5; round++)
        {
            using var listener = await Listener.ConnectAsync(http, "/tail", last);
            if (round == 0)
            {
                Assert.Equal("text/event-stream", listener.MediaType);
            }

            await orders.PutAsync([new TailedOrder((round * 3) + 1, "a\nb"), new TailedOrder((round * 3) + 2, "\"é\"")], cancellationToken: Cancellation);
            numbers.Add((await listener.NextAsync()).GetProperty("body").GetProperty("number").GetInt32());
            numbers.Add((await listener.NextAsync()).GetProperty("body").GetProperty("number").GetInt32());
            last = listener.LastId;

            // The connection ends here, and this event comes while nobody listens.
            listener.Dispose();
            await orders.PutAsync(new TailedOrder((round * 3) + 3, "meanwhile"), cancellationToken: Cancellation);
            using var again = await Listener.ConnectAsync(http, "/tail", last);
            var missed = await again.NextAsync();
            numbers.Add(missed.GetProperty("body").GetProperty("number").GetInt32());
            Assert.Equal("meanwhile", missed.GetProperty("body").GetProperty("text").GetString());
            Assert.NotNull(await orders.GetAsync(EventId.Parse(missed.GetProperty("id").GetString()!), Cancellation));
            last = again.LastId;
        }

        Assert.Equal(Enumerable.Range(1, 15), numbers);
    }

    [Fact]
    public async Task The_first_thing_a_listener_gets_is_a_position()
    {
        await using var app = await StartAsync(o => o.KeepAlive = TimeSpan.FromMilliseconds(50));
        using var http = Client(app);
        string last;
        using (var listener = await Listener.ConnectAsync(http, "/tail", ""))
        {
            await listener.CommentAsync();
            last = listener.LastId;
        }

        await TailedOrder.In(app.Services.GetRequiredService<TypedStore>()).PutAsync(new TailedOrder(7, "while away"), cancellationToken: Cancellation);
        using var again = await Listener.ConnectAsync(http, "/tail?position=" + last, "");
        Assert.Equal(7, (await again.NextAsync()).GetProperty("body").GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task From_the_start_in_a_namespace()
    {
        await using var app = await StartAsync(o => (o.FromStart, o.Namespace) = (true, "eu"));
        using var http = Client(app);
        var store = app.Services.GetRequiredService<TypedStore>();
        await TailedOrder.In(store).PutAsync(new TailedOrder(1, "elsewhere"), cancellationToken: Cancellation);
        await TailedOrder.In(store, "eu").PutAsync(new TailedOrder(2, "here"), cancellationToken: Cancellation);

        using var listener = await Listener.ConnectAsync(http, "/tail", "");
        Assert.Equal(2, (await listener.NextAsync()).GetProperty("body").GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task What_is_no_position_is_refused()
    {
        await using var app = await StartAsync(_ => { });
        using var http = Client(app);

        using var answer = await http.GetAsync(new Uri("/tail?position=yesterday", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("'yesterday' is no position", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    // A listener does not hold up a host that stops.
    [Fact]
    public async Task A_host_that_stops_ends_its_tails()
    {
        await using var app = await StartAsync(_ => { });
        using var http = Client(app);
        using var listener = await Listener.ConnectAsync(http, "/tail", "");
        await listener.NextIdAsync();

        await app.StopAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

        await Assert.ThrowsAnyAsync<IOException>(() => listener.NextAsync());
    }

    private static HttpClient Client(WebApplication app) =>
        new() { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };

    private async Task<WebApplication> StartAsync(Action<TypedTailOptions> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddTyped(o =>
        {
            Database.Choose(o);
            o.Only<TailedOrder>();
        });
        var app = builder.Build();
        app.MapTypedTail<TailedOrder>("/tail", configure);
        await app.StartAsync(Cancellation);
        return app;
    }

    /// <summary>Reads server-sent events as a browser does.</summary>
    private sealed class Listener : IDisposable
    {
        private readonly HttpResponseMessage _answer;
        private readonly StreamReader _reader;

        private Listener(HttpResponseMessage answer, Stream stream) => (_answer, _reader) = (answer, new StreamReader(stream));

        public string LastId { get; private set; } = "";

        public string? MediaType => _answer.Content.Headers.ContentType?.MediaType;

        public static async Task<Listener> ConnectAsync(HttpClient http, string path, string lastId)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            if (lastId.Length > 0)
            {
                request.Headers.Add("Last-Event-ID", lastId);
            }

            var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            answer.EnsureSuccessStatusCode();
            var listener = new Listener(answer, await answer.Content.ReadAsStreamAsync(Cancellation));
            await listener.NextIdAsync();
            return listener;
        }

        /// <summary>The data of the next event that has any.</summary>
        public async Task<JsonElement> NextAsync()
        {
            while (true)
            {
                var line = await LineAsync();
                if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    return JsonSerializer.Deserialize<JsonElement>(line["data: ".Length..]);
                }
            }
        }

        public async Task NextIdAsync()
        {
            while (LastId.Length == 0)
            {
                await LineAsync();
            }
        }

        public async Task CommentAsync()
        {
            while (await LineAsync() != ":")
            {
            }
        }

        public void Dispose()
        {
            _reader.Dispose();
            _answer.Dispose();
        }

        private async Task<string> LineAsync()
        {
            var line = await _reader.ReadLineAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation)
                ?? throw new EndOfStreamException("The tail has ended.");
            LastId = line.StartsWith("id: ", StringComparison.Ordinal) ? line["id: ".Length..] : LastId;
            return line;
        }
    }
}

public sealed class TailTestsOnSqlite() : TailTests(DatabaseServer.Sqlite);

public sealed class TailTestsOnPostgres() : TailTests(DatabaseServer.Postgres);
