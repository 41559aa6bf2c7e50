using Typed;

namespace WebApp;

/// <summary>An order, as it came.</summary>
[EventStream(Retain = "90d")]
public partial record Order(string Item, decimal Price);
