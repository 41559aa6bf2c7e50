using System.Globalization;
using Declared;
using Microsoft.EntityFrameworkCore;
using Middle;
using Typed;

await using var store = await TypedStore.OpenAsync(o => o.UseSqlite("Data Source=app.db"));
await Hit.In(store).InsertAsync("shop", 200);
await Order.In(store).InsertAsync("rue-x", 19.90m);
var id = await PageView.In(store).PutAsync(new PageView("/home", ["a", "b"], new Browser("Firefox", 140)));
await Reading.In(store).InsertAsync(new Reading { Sensor = Guid.Empty, Celsius = 21.5, At = DateTimeOffset.UtcNow });

var hits = await Hit.In(store).Minute.GetAsync(new("shop", 200));
var order = await Order.In(store).Day.GetAsync("rue-x");
var view = await PageView.In(store).GetAsync(id);
await using var db = store.CreateDbContext();
var firefox = await PageView.In(db).AsQueryable().CountAsync(e => e.Body.Browser!.Name == "Firefox");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{hits.Value} {order.Value.Max()} {view!.Body.Url} {firefox}"));
Console.WriteLine(typeof(App.TypedModule).FullName);
