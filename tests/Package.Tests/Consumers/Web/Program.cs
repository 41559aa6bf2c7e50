using System.Globalization;
using Typed;
using Web;

await using var store = await TypedStore.OpenAsync(o => o.UseSqlite("Data Source=web.db"));
var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
var app = builder.Build();

app.MapGet("/hit/{page}", async (string page) =>
{
    await Hit.In(store).InsertAsync(page);
    return Results.Ok();
});
app.MapGet("/count/{page}", async (string page) => (await Hit.In(store).Day.GetAsync(page)).Value.ToString(CultureInfo.InvariantCulture));

await app.StartAsync();
Console.WriteLine(app.Urls.Single());
await app.WaitForShutdownAsync();
