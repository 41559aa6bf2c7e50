using Typed;
using Worker;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddTyped(o => o.UseNpgsql(builder.Configuration["DATABASE"]!)).AddMeters("Worker").AddTypedLogs();
builder.Services.AddHostedService<Ingest>();
await builder.Build().RunAsync();
