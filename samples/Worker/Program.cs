using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Typed;
using Worker;

// dotnet run --project samples/Worker -- --file measurements.ndjson [--ConnectionStrings:Postgres "Host=…"]
var builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddTyped(o =>
{
    _ = builder.Configuration.GetConnectionString("Postgres") is { } postgres
        ? o.UseNpgsql(postgres)
        : o.UseSqlite(builder.Configuration.GetConnectionString("Sqlite") ?? "Data Source=worker.db");
    o.Bind(builder.Configuration.GetSection("Typed"));
});
builder.Services.AddHostedService<Ingest>();
await builder.Build().RunAsync();
