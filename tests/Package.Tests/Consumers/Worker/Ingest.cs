using System.Diagnostics.Metrics;
using System.Globalization;
using Declared;
using Typed;

namespace Worker;

internal sealed class Ingest(TypedStore store, Hit.Handle hits, EventStream<PageView> views, IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly Meter s_meter = new("Worker");
    private static readonly Counter<int> s_posted = s_meter.CreateCounter<int>("posted");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var i = 0; i < 1_000; i++)
        {
            await hits.Post("shop", 200, cancellationToken: stoppingToken);
            s_posted.Add(1);
        }

        for (var i = 0; i < 10; i++)
        {
            await views.PutAsync(new PageView($"/{i}", ["a"]), cancellationToken: stoppingToken);
        }

        await store.FlushAsync(stoppingToken);
        var total = await hits.Day.GetAsync(new("shop", 200), cancellationToken: stoppingToken);
        var tags = 0;
        await foreach (var view in views.Take(100).WithCancellation(stoppingToken))
        {
            tags += view.Body.Tags.Count;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{total.Value} hits, {tags} views"));
        lifetime.StopApplication();
    }
}
