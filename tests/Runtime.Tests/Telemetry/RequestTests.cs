using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Typed.AspNetCore;
using Typed.Runtime.Tests.Diagnostics;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Telemetry;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Telemetry;

/// <summary>Requests to a real server are in the series and the events, as they were answered.</summary>
public abstract class RequestTests(DatabaseServer server) : StoreSuite(server)
{
    private RecordedHost Recorded => new(Database, Clock);

    [Fact]
    public async Task Routes_methods_and_statuses_are_counted()
    {
        await ServeAsync(o => o.Events = true, Routes, async http =>
        {
            foreach (var path in new[] { "/orders/1", "/orders/2?secret=x", "/later/1", "/nothing/here", "/teapot", "/broken", "/brokenlater" })
            {
                using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            }

            using var posted = await http.PostAsync(new Uri("/orders/3", UriKind.Relative), content: null, TestContext.Current.CancellationToken);
            using var odd = await http.SendAsync(new(new HttpMethod("BREW"), new Uri("/teapot", UriKind.Relative)), TestContext.Current.CancellationToken);
        });

        await using var store = await Recorded.ReadAsync(TelemetryModules.Requests);
        var found = await ListAsync(RequestDuration.In(store).Day.ForAll().Last(1));
        Assert.Equal(
            [
                "GET /broken 5xx: 1", "GET /brokenlater 5xx: 1", "GET /later/{id} 2xx: 1", "GET /orders/{id:int} 2xx: 2", "GET /teapot 4xx: 1",
                "GET unmatched 4xx: 1", "POST unmatched 4xx: 1", "_OTHER unmatched 4xx: 1",
            ],
            found.Select(each => $"{each.Key.Method} {each.Key.Route} {each.Key.Status}: {each.Bucket.Value.Total}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_duration_is_that_of_the_whole_answer()
    {
        await ServeAsync(_ => { }, Routes, async http =>
        {
            using var answer = await http.GetAsync(new Uri("/slow", UriKind.Relative), TestContext.Current.CancellationToken);
        });

        await using var store = await Recorded.ReadAsync(TelemetryModules.Requests);
        Assert.Equal([(1_500, 1L)], (await RequestDuration.In(store).Hour.GetAsync(new("/slow", "GET", "2xx"))).Value.Select(pair => ((int)pair.Key, pair.Value)));
    }

    [Fact]
    public async Task Events_tell_each_request_and_no_query()
    {
        using var traced = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Microsoft.AspNetCore",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
        };
        ActivitySource.AddActivityListener(traced);
        await ServeAsync(o => o.Events = true, Routes, async http =>
        {
            using var order = await http.GetAsync(new Uri("/orders/2?secret=x", UriKind.Relative), TestContext.Current.CancellationToken);
            using var broken = await http.GetAsync(new Uri("/broken", UriKind.Relative), TestContext.Current.CancellationToken);
            using var none = await http.GetAsync(new Uri("/nothing", UriKind.Relative), TestContext.Current.CancellationToken);
        });

        await using var store = await Recorded.ReadAsync(TelemetryModules.RequestEvents);
        var found = (await ListAsync(RequestEvent.In(store).All())).ConvertAll(each => each.Body);
        Assert.Equal(
            [("/orders/2", "/orders/{id:int}", 200, null), ("/broken", "/broken", 500, "System.InvalidOperationException"), ("/nothing", null, 404, null)],
            found.Select(each => (each.Path, each.Route, each.Status, each.Error)));
        Assert.All(found, each => Assert.Equal(("GET", true), (each.Method, each.Milliseconds >= 0)));
        Assert.All(found, each => Assert.Matches("^[0-9a-f]{32}$", each.TraceId));
    }

    [Fact]
    public async Task Handlers_of_errors_do_not_hide_the_route()
    {
        await ServeAsync(
            _ => { },
            app =>
            {
                app.UseExceptionHandler(errors => errors.Run(context => context.Response.WriteAsync("sorry")));
                Routes(app);
            },
            async http =>
            {
                using var answer = await http.GetAsync(new Uri("/broken", UriKind.Relative), TestContext.Current.CancellationToken);
                Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
            });

        await using var store = await Recorded.ReadAsync(TelemetryModules.Requests);
        Assert.Equal([("/broken", "5xx")], (await ListAsync(RequestDuration.In(store).Day.ForAll().Last(1))).Select(each => (each.Key.Route, each.Key.Status)));
    }

    [Fact]
    public async Task Paths_and_endpoints_are_left_out()
    {
        await ServeAsync(o => o.Exclude("/health/", "/orders/1"), Routes, async http =>
        {
            foreach (var path in new[] { "/HEALTH", "/health/live", "/healthy", "/orders/1", "/orders/10", "/unmeasured" })
            {
                using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            }
        });

        await using var store = await Recorded.ReadAsync(TelemetryModules.Requests);
        Assert.Equal(
            ["/orders/{id:int}", "unmatched"], (await ListAsync(RequestDuration.In(store).Day.ForAll().Last(1))).Select(each => each.Key.Route));
    }

    [Fact]
    public async Task Every_request_of_many_clients_is_counted_once()
    {
        const int Each = 250;
        await ServeAsync(_ => { }, Routes, http => Task.WhenAll(Enumerable.Range(0, 4).Select(async client =>
        {
            for (var i = 0; i < Each; i++)
            {
                using var answer = await http.GetAsync(new Uri($"{(client % 2 == 0 ? "/orders" : "/later")}/{i}", UriKind.Relative), TestContext.Current.CancellationToken);
                answer.EnsureSuccessStatusCode();
            }
        })));

        await using var store = await Recorded.ReadAsync(TelemetryModules.Requests);
        var day = RequestDuration.In(store).Day;
        Assert.Equal(2 * Each, (await day.GetAsync(new("/orders/{id:int}", "GET", "2xx"))).Value.Total);
        Assert.Equal(2 * Each, (await day.GetAsync(new("/later/{id}", "GET", "2xx"))).Value.Total);
    }

    [Fact]
    public async Task A_request_that_is_answered_at_once_allocates_nothing()
    {
        await using var store = await OpenAsync(o =>
        {
            o.Only<Hit>().Include(TelemetryModules.Requests);
            o.FlushInterval = TimeSpan.FromHours(1);
        });
        using var recorder = new RequestRecorder(new TypedRequestOptions().Exclude("/health"), store, LogRecorder.Instance);
        var middleware = new RequestMiddleware(_ => Task.CompletedTask, recorder);
        var context = new DefaultHttpContext { Request = { Method = "GET", Path = "/orders/7" } };

        await Allocations.AssertNoneAsync(
            () =>
            {
                for (var i = 0; i < 1_000; i++)
                {
                    Assert.True(middleware.InvokeAsync(context).IsCompletedSuccessfully);
                }
            },
            () => store.FlushAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Without_its_tables_it_says_what_to_call()
    {
        using var none = new ServiceCollection().BuildServiceProvider();

        Assert.Contains("AddTypedRequests()", Assert.Throws<InvalidOperationException>(() => new ApplicationBuilder(none).UseTypedRequests()).Message, StringComparison.Ordinal);
        Assert.Contains("AddTyped(...)", Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddTypedRequests()).Message, StringComparison.Ordinal);
        Assert.Contains(
            "twice", Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddTyped(_ => { }).AddTypedRequests().AddTypedRequests()).Message, StringComparison.Ordinal);
    }

    private void Routes(IApplicationBuilder app)
    {
        app.UseRouting();
        app.UseEndpoints(routes =>
        {
            routes.MapGet("/orders/{id:int}", (int id) => $"order {id}");
            routes.MapGet("/later/{id}", async (int id) =>
            {
                await Task.Yield();
                return $"later {id}";
            });
            routes.MapGet("/teapot", () => Results.StatusCode(418));
            routes.MapGet("/broken", string () => throw new InvalidOperationException("broken"));
            routes.MapGet("/brokenlater", async Task<string> () =>
            {
                await Task.Yield();
                throw new InvalidOperationException("broken");
            });
            routes.MapGet("/slow", async () =>
            {
                await Task.Yield();
                Clock.Advance(TimeSpan.FromSeconds(1.5));
            });
            routes.MapGet("/unmeasured", () => "").DisableHttpMetrics();
        });
    }

    /// <summary>Serves requests from the start of an application until it has stopped.</summary>
    private async Task ServeAsync(Action<TypedRequestOptions> configure, Action<IApplicationBuilder> pipeline, Func<HttpClient, Task> ask)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore().AddSingleton<TimeProvider>(Clock).AddSingleton<ILoggerFactory>(LogRecorder.Instance);
        builder.Services.AddTyped(o =>
        {
            Database.Choose(o);
            o.Only<Hit>();
        });
        builder.Services.AddTypedRequests(configure);
        await using var app = builder.Build();
        app.UseTypedRequests();
        pipeline(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using (var http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) })
        {
            await ask(http);
        }

        await app.StopAsync(TestContext.Current.CancellationToken);
    }
}

public sealed class RequestTestsOnSqlite() : RequestTests(DatabaseServer.Sqlite);

public sealed class RequestTestsOnPostgres() : RequestTests(DatabaseServer.Postgres);
