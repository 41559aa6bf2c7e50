using Stored;
using Typed;

await using var store = await TypedStore.OpenAsync(options => options.UseSqlite("Data Source=payments.db"));
if (!await Payment.In(store).AnyAsync())
{
    await Payment.In(store).PutAsync([new(State.Paid, []), new((State)1, [new(null), new((State)1)])]);
}

await foreach (var payment in Payment.In(store))
{
    Console.WriteLine($"{payment.Body.State} {string.Join('+', payment.Body.Parts.Select(part => part.State))}");
}
