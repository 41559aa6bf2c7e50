using System.Diagnostics.Metrics;

namespace WebApp;

/// <summary>What the shop measures of itself, for whoever listens: here the store, elsewhere OpenTelemetry.</summary>
internal sealed class ShopMeter
{
    public const string Name = "WebApp";

    private readonly Counter<long> _sold;

    public ShopMeter(IMeterFactory meters) => _sold = meters.Create(Name).CreateCounter<long>("shop.sold", "{item}", "Items that were sold.");

    public void Sold(string item) => _sold.Add(1, new KeyValuePair<string, object?>("item", item));
}
