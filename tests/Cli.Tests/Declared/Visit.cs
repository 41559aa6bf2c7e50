namespace Typed.Cli.Tests.Declared;

[EventStream(Name = "shop.visits", Retain = "90d")]
public partial record Visit(string Url, Browser Browser, IReadOnlyList<string> Tags);

public record Browser(string Name, int Version);
