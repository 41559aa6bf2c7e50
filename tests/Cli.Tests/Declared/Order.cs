namespace Typed.Cli.Tests.Declared;

/// <summary>A stream with the other form of body, other names and a commit order.</summary>
[EventStream(Name = "shop.orders", Body = BodyFormat.Json, Naming = JsonNaming.SnakeCaseLower, Follow = true)]
public partial record Order(long OrderNumber, decimal Total);
