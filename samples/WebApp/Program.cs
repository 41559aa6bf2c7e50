using Microsoft.EntityFrameworkCore;
using Typed;
using Typed.Telemetry;
using WebApp;

// dotnet run --project samples/WebApp [--ConnectionStrings:Postgres "Host=…"]
var builder = WebApplication.CreateBuilder(args);
_ = builder.Configuration.GetConnectionString("Postgres") is { } postgres
    ? builder.Services.AddDbContext<ShopDb, PostgresShopDb>(o => o.UseNpgsql(postgres).UseTyped())
    : builder.Services.AddDbContext<ShopDb, SqliteShopDb>(o =>
        o.UseSqlite(builder.Configuration.GetConnectionString("Sqlite") ?? "Data Source=webapp.db").UseTyped());
builder.Services.AddTyped<ShopDb>(o => o.Bind(builder.Configuration.GetSection("Typed")))
    .AddMeters(ShopMeter.Name, "Microsoft.AspNetCore.Hosting")
    .AddTypedRequests(o => o.Exclude("/health"));
builder.Services.AddSingleton<ShopMeter>();

var app = builder.Build();
await using (var scope = app.Services.CreateAsyncScope())
{
    await scope.ServiceProvider.GetRequiredService<ShopDb>().Database.MigrateAsync();
}

app.UseTypedRequests();
app.MapHealthChecks("/health");

app.MapPost("/buy/{item}", async (string item, decimal price, Sale.Handle sales, EventStream<Order> orders, ShopMeter meter) =>
{
    await sales.Post(item, price);
    await orders.Post(new Order(item, price));
    meter.Sold(item);
});

app.MapGet("/top", (ShopDb db) => Sale.In(db).Day.AsQueryable()
    .GroupBy(sale => sale.Item)
    .Select(item => new { Item = item.Key, Sold = item.Sum(sale => sale.Count), Total = item.Sum(sale => sale.Sum) })
    .OrderByDescending(item => item.Sold).ThenBy(item => item.Item)
    .Take(10)
    .ToListAsync());

app.MapGet("/orders", (EventStream<Order> orders) => orders.Descending().Take(10).Select(order => new { order.Time, order.Body.Item, order.Body.Price }));

app.MapGet("/orders/count", async (EventStream<Order> orders) => await orders.CountAsync());

app.MapGet("/requests", (RequestDuration.Handle requests) => requests.Day.ForAll().Last(1).Select(found => new
{
    found.Key.Route, found.Key.Method, found.Key.Status, found.Bucket.Value.Total, P95 = found.Bucket.Value.Percentile(95),
}));

app.MapGet("/meters", (MeterCount.Handle counts) => counts.Day.ForAll().Last(1).Select(found => new
{
    found.Key.Meter, found.Key.Instrument, found.Key.Tags, found.Bucket.Value,
}));

app.MapGet("/meters/histograms", (MeterHistogram.Handle histograms) => histograms.Day.ForAll().Last(1).Select(found => new
{
    found.Key.Meter, found.Key.Instrument, found.Key.Tags, found.Bucket.Value.Total, P95 = found.Bucket.Value.Percentile(95),
}));

await app.RunAsync();
