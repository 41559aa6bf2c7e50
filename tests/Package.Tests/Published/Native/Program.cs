using System.Globalization;
using Native;
using Typed;

// The quickstart's job: a log into four series and a stream, and what they know. The first argument is a PostgreSQL database; without one it is a SQLite file.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
await using var store = await TypedStore.OpenAsync(o => _ = args is [var connection] ? o.UseNpgsql(connection) : o.UseSqlite("Data Source=log.db"));
var noon = new DateTimeOffset(2026, 3, 21, 12, 0, 0, TimeSpan.Zero);
Entry[] log =
[
    new("10.0.0.7", "/", 200, 5120, noon),
    new("10.0.0.7", "/style.css", 200, 1890, noon.AddSeconds(1)),
    new("10.0.0.9", "/", 200, 5133, noon.AddHours(1)),
    new("10.0.0.4", "/cart", 302, 96, noon.AddHours(2)),
];
await Request.In(store).InsertAsync(log.Select(e => new Request(e.Status, e.Time)));
await Response.In(store).InsertAsync(log.Select(e => new Response(e.Path, e.Bytes, e.Time)));
await Visitor.In(store).InsertAsync(log.Select(e => new Visitor(e.Host, e.Time)));
await LastResponse.In(store).InsertAsync(log.Select(e => new LastResponse(e.Bytes, e.Time)));
await Traffic.In(store).InsertAsync(log.Select(e => new Traffic(e.Bytes, e.Time)));
await Temperature.In(store).InsertAsync(log.Select(e => new Temperature(e.Host, 21.5, e.Time)));
await PageRequest.In(store).PutAsync(log.Select(e => new PageRequest(new Page(e.Path, Method.Get), e.Host, [e.Status], e.Time)));
await Request.In(store).Post(404, noon);
await store.FlushAsync();

foreach (var status in (await Request.In(store).Keys().ToListAsync()).Order())
{
    Console.WriteLine($"{status.Status}: {await Request.In(store).Day.For(status).All().CollapseAsync()}");
}

var sizes = await Response.In(store).Day.For("/").All().CollapseAsync();
Console.WriteLine($"/: {sizes.Total} of {sizes.Percentile(50)} to {sizes.Max()} bytes");
Console.WriteLine($"visitors: {(await Visitor.In(store).Day.GetAsync(noon)).Value.Count}");
Console.WriteLine($"last: {await LastResponse.In(store).Day.All().CollapseAsync()}");
Console.WriteLine($"mean: {(await Traffic.In(store).Day.All().CollapseAsync())!.Mean}");
await foreach (var hour in Temperature.In(store).Hour.For("10.0.0.7").All().Stats())
{
    Console.WriteLine($"{hour.Start:HH}: {hour.Value.Count} of {hour.Value.Mean} degrees");
}

await foreach (var request in PageRequest.In(store).Descending().Take(2))
{
    Console.WriteLine($"{request.Time:HH:mm} {request.Body.Page.Method} {request.Body.Page.Url} {request.Body.Statuses[0]}");
}

Console.WriteLine(await PageRequest.In(store).CountAsync());
