using Typed;

namespace Owner;

// A body with a member of each type that a query converts.
[EventStream(Name = "owner.receipts")]
internal sealed partial class Receipt
{
    public required string Shop { get; init; }

    public Guid Till { get; init; }

    public Payment Payment { get; init; }

    public DateTimeOffset Paid { get; init; }

    public DateTime Booked { get; init; }

    public TimeOnly Hour { get; init; }

    public TimeSpan Took { get; init; }

    public float Weight { get; init; }

    public Half Discount { get; init; }

    public char Row { get; init; }

    public decimal Total { get; init; }

    public Uri? Page { get; init; }

    public Customer? Customer { get; init; }

    public List<Payment> Accepted { get; init; } = [];

    public List<DateTimeOffset> Reminded { get; init; } = [];

    public List<Line> Lines { get; init; } = [];

    public Dictionary<string, int> Stamps { get; init; } = [];
}

internal enum Payment
{
    Cash,
    Card,
}

internal sealed record Customer(string Name, List<Payment> Usual);

internal sealed record Line(string Article, decimal Price);
