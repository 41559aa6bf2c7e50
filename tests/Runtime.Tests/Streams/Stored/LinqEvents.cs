namespace Typed.Runtime.Tests.Streams.Stored;

public enum PageKind { Small, Big }

public record PageVendor(string City);

public record PageBrowser(string Name, int Version, PageVendor Vendor);

public record PageItem(string Sku, int Quantity, decimal Unit);

/// <summary>A positional record with everything that a query can see.</summary>
[EventStream]
public partial record LinqPage(
    string Url, PageBrowser Browser, IReadOnlyList<string> Tags, PageKind Kind, decimal Price, Guid Reference, DateTimeOffset At, DateOnly Day,
    TimeSpan Took, TimeOnly Clock, string? Note, List<PageItem> Items, List<int> Numbers, PageVendor? Missing, PageVendor? Present);

/// <summary>A class whose body EF cannot map whole.</summary>
[EventStream]
public partial record LinqOdd(int N, Dictionary<string, string> Map);
