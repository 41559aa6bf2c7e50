using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Owner;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
await using OwnerDb db = Environment.GetEnvironmentVariable("DATABASE") is null ? new ShopDb() : new CloudDb();
await (db is ShopDb ? db.Database.MigrateAsync() : db.Database.EnsureCreatedAsync());
Console.WriteLine(db.Model.GetType().Assembly == typeof(ShopDb).Assembly ? "compiled" : "built");

var till = new Guid("00112233-4455-6677-8899-aabbccddeeff");
var noon = new DateTimeOffset(2026, 5, 1, 14, 0, 0, TimeSpan.FromHours(2));
await using (var transaction = await db.Database.BeginTransactionAsync())
{
    db.Add(new Shop { Id = "rue-x", City = "Lyon" });
    await db.SaveChangesAsync();
    await Sale.In(db).InsertAsync([new Sale("rue-x", 19.90m), new Sale("rue-x", 5.10m)]);
    await Wait.In(db).InsertAsync(new Wait(till, Payment.Card, noon, TimeSpan.FromHours(8), 7, 0.1f));
    await Receipt.In(db).PutAsync(new Receipt
    {
        Shop = "rue-x", Till = till, Payment = Payment.Card, Paid = noon, Booked = noon.UtcDateTime, Hour = new(14, 0), Took = TimeSpan.FromMinutes(3), Weight = 0.1f,
        Discount = (Half)0.1, Row = 'b', Total = 19.90m, Page = new("/receipts/1", UriKind.Relative), Customer = new("Ana", [Payment.Card]),
        Accepted = [Payment.Cash, Payment.Card], Reminded = [noon], Lines = [new("tea", 12.50m), new("cup", 7.40m)], Stamps = new() { ["tea"] = 2 },
    });
    await Receipt.In(db).PutAsync(new Receipt { Shop = "rue-y", Booked = noon.UtcDateTime, Row = 'a' });
    await Scan.In(db).PutAsync(new Scan(new() { ["tea"] = 1 }));
    await transaction.CommitAsync();
}

var cities = await Sale.In(db).Day.AsQueryable()
    .Join(db.Shops, sale => sale.Shop, shop => shop.Id, (sale, shop) => new { shop.City, sale.Total })
    .GroupBy(row => row.City)
    .Select(city => new { city.Key, Total = city.Sum(row => row.Total) })
    .ToListAsync();
Console.WriteLine($"{cities[0].Key}: {cities[0].Total:0.00}");

var waits = await Wait.In(db).Day.AsQueryable()
    .Where(wait => wait.Till == till && wait.Payment == Payment.Card && wait.Opened == noon && wait.Shift > TimeSpan.FromHours(7) && wait.Number == 7 && wait.Minutes == 0.1f)
    .ToListAsync();
Console.WriteLine($"waits: {waits.Count}, {waits[0].Minutes} {waits[0].Opened:u}");

var receipts = Receipt.In(db).AsQueryable();
var paid = await receipts
    .Where(e => e.Body.Till == till && e.Body.Payment == Payment.Card && e.Body.Paid == noon && e.Body.Booked == noon.UtcDateTime && e.Body.Hour == new TimeOnly(14, 0)
        && e.Body.Took == TimeSpan.FromMinutes(3) && e.Body.Weight == 0.1f && e.Body.Discount == (Half)0.1 && e.Body.Row >= 'b' && e.Body.Total > 19.8m
        && e.Body.Page == new Uri("/receipts/1", UriKind.Relative) && e.Body.Customer!.Usual.Contains(Payment.Card) && e.Body.Accepted[1] == Payment.Card
        && e.Body.Reminded.Contains(noon) && e.Body.Lines.Any(line => line.Price > 12) && e.Body.Stamps["tea"] == 2)
    .ToListAsync();
Console.WriteLine($"paid: {paid.Count}, {paid[0].Body.Customer!.Name}, {paid[0].Body.Customer!.Usual[0]}, {paid[0].Body.Lines[1].Article}");
var customers = await receipts.Where(e => e.Body.Customer != null).Select(e => e.Body.Customer!).Distinct().ToListAsync();
Console.WriteLine($"customers: {customers.Count}, {customers[0].Name}, {customers[0].Usual[0]}");
var texts = await receipts.OrderBy(e => e.Body.Shop).Select(e => new { e.Body.Shop, Payment = e.Body.Payment.ToString(), e.Body.Accepted, e.Body.Took }).ToListAsync();
Console.WriteLine($"texts: {texts[0].Shop} {texts[0].Payment} {string.Join('+', texts[0].Accepted)} {texts[0].Took}, {texts[1].Shop} {texts[1].Payment}");
var joined = await receipts.Join(Wait.In(db).Day.AsQueryable(), e => e.Body.Till, wait => wait.Till, (e, wait) => new { e.Body.Shop, wait.Minutes }).ToListAsync();
Console.WriteLine($"joined: {joined.Count}, {joined[0].Shop} {joined[0].Minutes}");
Console.WriteLine($"scans: {(await Scan.In(db).AsQueryable().ToListAsync())[0].Body.Counts["tea"]}");
