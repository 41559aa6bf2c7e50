// Reads the access log of a web server into four time series and an event stream, and prints what they know.
//
//   dotnet run --project samples/Quickstart                            built-in lines
//   dotnet run --project samples/Quickstart -- access.log              a log in the combined format
//   dotnet run --project samples/Quickstart -- --db log.db access.log  the same, added to what log.db holds
//   dotnet run --project samples/Quickstart -- --json access.log       the figures as one JSON object

using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Quickstart;
using Typed;
using static Typed.SeriesType;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (Arguments.Parse(args) is not { } arguments)
{
    await Console.Error.WriteLineAsync("Usage: Quickstart [--db DATABASE] [--json] [LOG]");
    return 2;
}

if (arguments.Log is { } name && !File.Exists(name))
{
    await Console.Error.WriteLineAsync(Directory.Exists(name) ? $"'{name}' is a directory." : $"There is no file '{name}'.");
    return 1;
}

using var file = arguments.Database is { } path ? new DatabaseFile(path) : DatabaseFile.Temporary();

// Opening creates the tables of all declared types: those at the end of this file.
await using var opened = await OpenAsync(file.Path);
if (opened is not { } store)
{
    return 1;
}

// A list is one transaction: 5 000 lines at a time, so that a log of any size fits into memory.
var log = new AccessLog(arguments.Log);
await foreach (var entries in log.ReadAsync().Chunk(5_000))
{
    await Request.In(store).InsertAsync(entries.Select(e => new Request(e.Status, e.Time)));
    await Response.In(store).InsertAsync(entries.Select(e => new Response(e.Path, e.Bytes, e.Time)));
    await Visitor.In(store).InsertAsync(entries.Select(e => new Visitor(e.Host, e.Time)));
    await LastResponse.In(store).InsertAsync(entries.Select(e => new LastResponse(e.Bytes, e.Time)));
    await PageRequest.In(store).PutAsync(entries.Select(e => new PageRequest(e.Url, e.Host, e.Status, e.Bytes, e.Time)));
}

if (log.FirstBadLine is { } bad)
{
    await Console.Error.WriteLineAsync($"{bad}; bad lines left out: {log.BadLines}.");
}

var statuses = await Request.In(store).Keys().ToListAsync();
if (statuses.Count == 0 && !arguments.Json)
{
    Console.WriteLine("No requests.");
    return 0;
}

// LINQ sees the stored rows: here it lets the database find the busiest paths.
await using var db = store.CreateDbContext();
var busiest = await Response.In(db).Day.AsQueryable()
    .GroupBy(row => row.Path)
    .Select(group => new { Path = group.Key, Requests = group.Sum(row => row.Count) })
    .OrderByDescending(found => found.Requests).ThenBy(found => found.Path)
    .Take(5)
    .ToListAsync();

if (arguments.Json)
{
    await PrintJsonAsync();
}
else
{
    await PrintSeriesAsync();
    await PrintEventsAsync();
}

return 0;

static async Task<TypedStore?> OpenAsync(string path)
{
    try
    {
        return await TypedStore.OpenAsync(o => o.UseSqlite($"Data Source={path};Pooling=False"));
    }
    catch (Exception error) when (error is StoreUnavailableException or SchemaMismatchException)
    {
        await Console.Error.WriteLineAsync(error.Message);
        return null;
    }
}

async Task PrintSeriesAsync()
{
    // Several keys are joined: the requests of an hour, whatever their status.
    Console.WriteLine("Requests per hour (UTC)");
    var hours = await Request.In(store).Hour.For(statuses).All().ToListAsync();
    var most = hours.Max(hour => hour.Value);
    foreach (var hour in hours)
    {
        Console.WriteLine($"{hour.Start:ddd dd MMM HH:mm} {hour.Value,7} {new string('█', (int)(50 * hour.Value / most))}");
    }

    Console.WriteLine();
    Console.WriteLine("Requests per status");
    foreach (var status in statuses.Order())
    {
        Console.WriteLine($"{status.Status,16} {await Request.In(store).Day.For(status).All().CollapseAsync(),7}");
    }

    Console.WriteLine();
    Console.WriteLine("Visitors per day");
    await foreach (var day in Visitor.In(store).Day.All())
    {
        Console.WriteLine($"{day.Start,16:yyyy-MM-dd} {day.Value.Count,7}");
    }

    Console.WriteLine();
    Console.WriteLine("Bytes of the five busiest paths");
    Console.WriteLine($"{"requests",16} {"p50",9} {"p95",9} {"max",9}");
    foreach (var found in busiest)
    {
        var sizes = await Response.In(store).Day.For(found.Path).All().CollapseAsync();
        Console.WriteLine($"{sizes.Total,16} {sizes.Percentile(50),9} {sizes.Percentile(95),9} {sizes.Max(),9}  {found.Path}");
    }

    Console.WriteLine($"The last response had {await LastResponse.In(store).Day.All().CollapseAsync()} bytes.");
}

async Task PrintEventsAsync()
{
    Console.WriteLine();
    Console.WriteLine("The ten most requested URLs");
    var urls = await PageRequest.In(db).AsQueryable()
        .GroupBy(request => request.Body.Url)
        .Select(group => new { Url = group.Key, Requests = group.Count() })
        .OrderByDescending(found => found.Requests).ThenBy(found => found.Url)
        .Take(10)
        .ToListAsync();
    foreach (var found in urls)
    {
        Console.WriteLine($"{found.Requests,16} {found.Url}");
    }

    Console.WriteLine();
    Console.WriteLine("The last three requests");
    await foreach (var request in PageRequest.In(store).Descending().Take(3))
    {
        Console.WriteLine($"{request.Time:yyyy-MM-dd HH:mm:ss} {request.Body.Status} {request.Body.Url}");
    }

    Console.WriteLine();
    Console.WriteLine("What the stored events look like");
    Console.WriteLine(await PageRequest.In(store).InferSchemaAsync());
}

async Task PrintJsonAsync()
{
    var byHour = new Dictionary<string, long>();
    var byStatus = new Dictionary<string, long>();
    var byDay = new Dictionary<string, int>();
    var bytes = new Dictionary<string, object>();
    if (statuses.Count > 0)
    {
        await foreach (var hour in Request.In(store).Hour.For(statuses).All().SkipEmpty())
        {
            byHour.Add($"{hour.Start:yyyy-MM-ddTHH:mm:ssZ}", hour.Value);
        }
    }

    foreach (var status in statuses.Order())
    {
        byStatus.Add($"{status.Status}", await Request.In(store).Day.For(status).All().CollapseAsync());
    }

    await foreach (var day in Visitor.In(store).Day.All().SkipEmpty())
    {
        byDay.Add($"{day.Start:yyyy-MM-dd}", day.Value.Count);
    }

    foreach (var found in busiest)
    {
        var sizes = await Response.In(store).Day.For(found.Path).All().CollapseAsync();
        bytes.Add(found.Path, new { count = sizes.Total, p50 = sizes.Percentile(50), p95 = sizes.Percentile(95), max = sizes.Max() });
    }

    Console.WriteLine(JsonSerializer.Serialize(new { requestsByHour = byHour, requestsByStatus = byStatus, visitorsByDay = byDay, responseBytes = bytes, rejected = log.BadLines }));
}

/// <summary>Requests per status, by the hour and by the day. A Count without a value: each point adds 1.</summary>
[TimeSeries(Type = Count, Intervals = ["hour: 1h", "day: daily by 1h"])]
internal sealed partial record Request([SeriesKey] int Status, [SeriesTime] DateTimeOffset Time);

/// <summary>How large the responses of a path are: each distinct size with its number.</summary>
[TimeSeries(Type = Histogram, Intervals = ["day: daily"])]
internal sealed partial record Response([SeriesKey] string Path, [SeriesValue] long Bytes, [SeriesTime] DateTimeOffset Time);

/// <summary>The distinct addresses of a day. No key: there is one stat.</summary>
[TimeSeries(Type = Set, Intervals = ["day: daily"])]
internal sealed partial record Visitor([property: SeriesValue] string Address, [property: SeriesTime] DateTimeOffset Time);

/// <summary>The size of the last response: the latest by its own time, whatever the order of writing.</summary>
[TimeSeries(Type = Gauge, Intervals = ["day: daily"])]
internal sealed partial record LastResponse([property: SeriesValue] long Bytes, [property: SeriesTime] DateTimeOffset Time);

/// <summary>Each request as an event: nothing is rolled up, and the body is JSON.</summary>
[EventStream]
internal sealed partial record PageRequest(string Url, string Host, int Status, long Bytes, [property: EventTime] DateTimeOffset Time);
