using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Owner;

await using var db = new ShopDb();
await db.Database.MigrateAsync();
await using (var transaction = await db.Database.BeginTransactionAsync())
{
    db.Add(new Shop { Id = "rue-x", City = "Lyon" });
    await db.SaveChangesAsync();
    await Sale.In(db).InsertAsync([new Sale("rue-x", 19.90m), new Sale("rue-x", 5.10m)]);
    await transaction.CommitAsync();
}

var cities = await Sale.In(db).Day.AsQueryable()
    .Join(db.Shops, sale => sale.Shop, shop => shop.Id, (sale, shop) => new { shop.City, sale.Total })
    .GroupBy(row => row.City)
    .Select(city => new { city.Key, Total = city.Sum(row => row.Total) })
    .ToListAsync();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cities[0].Key}: {cities[0].Total:0.00}"));
