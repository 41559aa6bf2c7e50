namespace Owner;

internal sealed class Shop
{
    public required string Id { get; set; }

    public required string City { get; set; }
}
