// Reads the access log of a web server into two time series and prints what they know.
//
//   dotnet run --project samples/Quickstart                            built-in lines
//   dotnet run --project samples/Quickstart -- access.log              a log in the combined format
//   dotnet run --project samples/Quickstart -- --db log.db access.log  the same, added to what log.db holds

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Quickstart;
using Typed;
using static Typed.SeriesType;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (Arguments.Parse(args) is not { } arguments)
{
    await Console.Error.WriteLineAsync("Usage: Quickstart [--db DATABASE] [LOG]");
    return 2;
}

if (arguments.Log is { } name && !File.Exists(name))
{
    await Console.Error.WriteLineAsync($"There is no file '{name}'.");
    return 1;
}

using var file = arguments.Database is { } path ? new DatabaseFile(path) : DatabaseFile.Temporary();

// Opening creates the tables of all declared types, here Request and Response.
await using var store = await TypedStore.OpenAsync(o => o.UseSqlite($"Data Source={file.Path};Pooling=False"));
var requests = Request.In(store);
var responses = Response.In(store);

// A list is one transaction: 5 000 lines at a time, so that a log of any size fits into memory.
var log = new AccessLog(arguments.Log);
await foreach (var entries in log.ReadAsync().Chunk(5_000))
{
    await requests.InsertAsync(entries.Select(e => new Request(e.Status, e.Time)));
    await responses.InsertAsync(entries.Select(e => new Response(e.Path, e.Bytes, e.Time)));
}

if (log.FirstBadLine is { } bad)
{
    await Console.Error.WriteLineAsync($"{bad}; {log.BadLines} bad lines are left out.");
}

var statuses = await requests.Keys().ToListAsync();
if (statuses.Count == 0)
{
    Console.WriteLine("No requests.");
    return 0;
}

// Several keys are joined: the requests of an hour, whatever their status.
Console.WriteLine("Requests per hour (UTC)");
var hours = await requests.Hour.For(statuses).All().ToListAsync();
var most = hours.Max(hour => hour.Value);
foreach (var hour in hours)
{
    Console.WriteLine($"{hour.Start:ddd dd MMM HH:mm} {hour.Value,7} {new string('█', (int)(50 * hour.Value / most))}");
}

Console.WriteLine();
Console.WriteLine("Requests per status");
foreach (var status in statuses.Order())
{
    Console.WriteLine($"{status.Status,16} {await requests.Day.For(status).All().CollapseAsync(),7}");
}

// LINQ sees the stored rows: here it lets the database find the busiest paths.
await using var db = store.CreateDbContext();
var busiest = await Response.In(db).Day.AsQueryable()
    .GroupBy(row => row.Path)
    .Select(group => new { Path = group.Key, Requests = group.Sum(row => row.Count) })
    .OrderByDescending(found => found.Requests).ThenBy(found => found.Path)
    .Take(5)
    .ToListAsync();

Console.WriteLine();
Console.WriteLine("Bytes of the five busiest paths");
Console.WriteLine($"{"requests",16} {"p50",9} {"p95",9} {"max",9}");
foreach (var found in busiest)
{
    var sizes = await responses.Day.For(found.Path).All().CollapseAsync();
    Console.WriteLine($"{sizes.Total,16} {sizes.Percentile(50),9} {sizes.Percentile(95),9} {sizes.Max(),9}  {found.Path}");
}

return 0;

/// <summary>Requests per status, by the hour and by the day. A Count without a value: each point adds 1.</summary>
[TimeSeries(Type = Count, Intervals = ["hour: 1h", "day: daily by 1h"])]
internal sealed partial record Request([SeriesKey] int Status, [SeriesTime] DateTimeOffset Time);

/// <summary>How large the responses of a path are: each distinct size with its number.</summary>
[TimeSeries(Type = Histogram, Intervals = ["day: daily"])]
internal sealed partial record Response([SeriesKey] string Path, [SeriesValue] long Bytes, [SeriesTime] DateTimeOffset Time);
