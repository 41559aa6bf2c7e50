using System.Globalization;
using Declared;
using Typed;

namespace Worker;

internal sealed class Ingest(IConfiguration configuration, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var store = await TypedStore.OpenAsync(o => o.UseNpgsql(configuration["DATABASE"]!), stoppingToken);
        await Hit.In(store).InsertAsync(Enumerable.Range(0, 1_000).Select(_ => new Hit("shop", 200)), cancellationToken: stoppingToken);
        for (var i = 0; i < 10; i++)
        {
            await PageView.In(store).PutAsync(new PageView($"/{i}", ["a"]), cancellationToken: stoppingToken);
        }

        var hits = await Hit.In(store).Day.GetAsync(new("shop", 200), cancellationToken: stoppingToken);
        var views = 0;
        await foreach (var view in PageView.In(store).Take(100).WithCancellation(stoppingToken))
        {
            views += view.Body.Tags.Count;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{hits.Value} hits, {views} views"));
        lifetime.StopApplication();
    }
}
