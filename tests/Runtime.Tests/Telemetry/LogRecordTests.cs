using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Telemetry;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Telemetry;

/// <summary>What an application logs is in its stream, with what stood around it.</summary>
public abstract partial class LogRecordTests(DatabaseServer server) : StoreSuite(server)
{
    private RecordedHost Recorded => new(Database, Clock);

    [Fact]
    public async Task A_record_has_its_values_scopes_and_exception()
    {
        using var activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();
        var records = await LogAsync(null, loggers =>
        {
            var logger = loggers.CreateLogger("Shop.Orders");
            using (logger.BeginScope("import of {File}", "a.csv"))
            using (logger.BeginScope(new Dictionary<string, object?> { ["Line"] = 12.5, ["None"] = null }))
            {
                Paid(logger, "rue-x", 19.90m, new InvalidOperationException("no change"));
            }
        });

        var record = Assert.Single(records).Body;
        Assert.Equal((LogLevel.Warning, "Shop.Orders", 7, "Paid"), (record.Level, record.Category, record.EventId, record.EventName));
        Assert.Equal(("rue-x paid 19.90.", "{Shop} paid {Amount}."), (record.Message, record.Template));
        Assert.Equal([("Amount", "19.90"), ("Shop", "rue-x")], record.State!.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)));
        Assert.Equal(["import of a.csv", record.Scopes![1].Text], record.Scopes!.Select(scope => scope.Text));
        Assert.Equal([("a.csv", "File"), ("12.5", "Line")], record.Scopes!.SelectMany(scope => scope.State!).Select(pair => (pair.Value, pair.Key)));
        Assert.StartsWith("System.InvalidOperationException: no change", record.Exception, StringComparison.Ordinal);
        Assert.Equal((activity.TraceId.ToHexString(), activity.SpanId.ToHexString()), (record.TraceId, record.SpanId));
    }

    [Fact]
    public async Task Levels_categories_and_filters_choose_records()
    {
        var records = await LogAsync(
            o => (o.MinimumLevel, o.Scopes, _) = (LogLevel.Warning, false, o.Exclude("Shop.Noise")),
            loggers =>
            {
                string[] categories = ["Shop", "Shop.Noise", "Shop.Noise.Loud", "Shop.Noisy", "Typed", "Typed.Telemetry", "Npgsql", "Npgsql.Command", "Muted"];
                foreach (var category in categories)
                {
                    var logger = loggers.CreateLogger(category);
                    Say(logger, LogLevel.Information, category);
                    Say(logger, LogLevel.Error, category);
                }
            },
            logging => logging.AddFilter("Muted", LogLevel.None));

        Assert.Equal([("Shop", LogLevel.Error), ("Shop.Noisy", LogLevel.Error)], records.Select(each => (each.Body.Category, each.Body.Level)));
        Assert.All(records, each => Assert.Null(each.Body.Scopes));
    }

    [Fact]
    public async Task What_is_too_long_is_cut_and_what_cannot_be_stored_harms_nobody()
    {
        var records = await LogAsync(o => o.MostCharacters = 80, loggers =>
        {
            var logger = loggers.CreateLogger("Shop");
            Say(logger, LogLevel.Error, new string('ü', 1_000));
            Say(logger, LogLevel.Error, "nul \0 lone \ud800 end");
            logger.Log(LogLevel.Error, 0, new object(), exception: null, (_, _) => throw new InvalidOperationException("no text"));
            logger.Log(LogLevel.Error, 0, new object(), exception: null, (_, _) => Nested(logger));
        });

        Assert.Equal([new string('ü', 38) + "…", "nul \ufffd lone \ufffd end", "outer"], records.Select(each => each.Body.Message));
        Assert.All(records, each => Assert.True(each.Body.State is not { } state || state.Values.All(value => value.Length <= 10)));

        static string Nested(ILogger logger)
        {
            Say(logger, LogLevel.Error, "inner");
            return "outer";
        }
    }

    // The host logs while it is built, before its store is there.
    [Fact]
    public async Task What_was_logged_before_the_start_is_stored()
    {
        await using (var host = Recorded.Create(services => Logged(services).AddTypedLogs(o => o.Exclude("Microsoft"))))
        {
            var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");
            Say(logger, LogLevel.Information, "bird");
            await host.StartAsync();
            await host.StopAsync();
            Say(logger, LogLevel.Information, "owl");
        }

        Assert.Equal(["bird"], (await ReadAsync()).Select(each => each.Body.Message));
    }

    [Fact]
    public async Task Of_very_many_before_the_start_the_first_are_stored()
    {
        await using (var host = Recorded.Create(services => Logged(services).AddTypedLogs(o => o.Exclude("Microsoft"))))
        {
            var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");
            for (var i = 0; i < 1_500; i++)
            {
                Say(logger, LogLevel.Information, "bird");
            }

            await host.StartAsync();
            Say(logger, LogLevel.Information, "owl");
            await host.StopAsync();
        }

        var messages = (await ReadAsync()).ConvertAll(each => each.Body.Message);
        Assert.Equal((1_000, 1), (messages.Count(message => message == "bird"), messages.Count(message => message == "owl")));
    }

    // What finds no room gives way to the application's own items, and is counted with them.
    [Fact]
    public async Task A_store_that_is_half_full_drops_records()
    {
        await Recorded.RunAsync(
            services => Logged(services).AddTypedLogs(o => o.Exclude("Microsoft")),
            async host =>
            {
                var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");
                await using (await Database.HoldAsync())
                {
                    for (var i = 0; i < 10; i++)
                    {
                        Say(logger, LogLevel.Information, "bird");
                    }

                    Assert.Equal(4, host.Store.Scope.Writer!.Pending);
                    await host.Services.GetRequiredService<Hit.Handle>().Post("/", 1);
                }

                await host.Store.FlushAsync(TestContext.Current.CancellationToken);
            },
            o => o.Capacity = 8);

        Assert.Equal(4, (await ReadAsync()).Count);
    }

    [Fact]
    public async Task A_store_writes_no_record_of_its_own_writing()
    {
        var records = await LogAsync(
            o => o.MinimumLevel = LogLevel.Trace,
            loggers =>
            {
                var logger = loggers.CreateLogger("Shop");
                Say(logger, LogLevel.Trace, "once");
            },
            logging => logging.SetMinimumLevel(LogLevel.Trace),
            async host =>
            {
                for (var i = 0; i < 5; i++)
                {
                    await host.Services.GetRequiredService<Hit.Handle>().InsertAsync("/", 1);
                    await host.Store.FlushAsync(TestContext.Current.CancellationToken);
                }
            });

        Assert.Equal(["once"], records.Where(each => !IsOfModel(each.Body)).Select(each => each.Body.Message));

        // EF Core builds the model of the store when that is first asked for.
        static bool IsOfModel(LogRecord record) => record is { Level: <= LogLevel.Debug, Category: not "Microsoft.EntityFrameworkCore.Database.Command" }
            && record.Category.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal);
    }

    private async Task<List<Event<LogRecord>>> LogAsync(
        Action<TypedLogOptions>? configure, Action<ILoggerFactory> log, Action<ILoggingBuilder>? logging = null, Func<Hosting.HostedStore, Task>? run = null)
    {
        await Recorded.RunAsync(
            services => Logged(services, logging).AddTypedLogs(o =>
            {
                o.Exclude("Microsoft.Hosting", "Microsoft.Extensions");
                configure?.Invoke(o);
            }),
            async host =>
            {
                log(host.Services.GetRequiredService<ILoggerFactory>());
                await (run?.Invoke(host) ?? Task.CompletedTask);
            });
        return await ReadAsync();
    }

    /// <summary>The framework's own logging, in place of the recorder of tests.</summary>
    private static IServiceCollection Logged(IServiceCollection services, Action<ILoggingBuilder>? logging = null) =>
        services.AddSingleton<ILoggerFactory, LoggerFactory>().AddLogging(builder => logging?.Invoke(builder));

    private async Task<List<Event<LogRecord>>> ReadAsync()
    {
        await using var store = await Recorded.ReadAsync(TelemetryModules.Logs);
        return await ListAsync(LogRecord.In(store).All());
    }

    [LoggerMessage(7, LogLevel.Warning, "{Shop} paid {Amount}.")]
    private static partial void Paid(ILogger logger, string shop, decimal amount, Exception error);

    [LoggerMessage("{Text}")]
    private static partial void Say(ILogger logger, LogLevel level, string text);
}

public sealed class LogRecordTestsOnSqlite() : LogRecordTests(DatabaseServer.Sqlite);

public sealed class LogRecordTestsOnPostgres() : LogRecordTests(DatabaseServer.Postgres);
