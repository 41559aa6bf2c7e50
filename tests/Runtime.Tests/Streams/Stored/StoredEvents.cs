#pragma warning disable TYP2013 // Some of these have one table on purpose; the tests choose among them.

namespace Typed.Runtime.Tests.Streams.Stored;

[EventStream]
public partial record Visit(int N, string? Text = null);

[EventStream(Retain = "90d")]
public partial record Expiring(int N);

[EventStream(Name = "tailed", Follow = true, Body = BodyFormat.Json)]
public partial record Tailed(int N, string? Text = null);

[EventStream(Name = "other.kind")]
public partial record OtherKind(int N);

[EventStream(Name = "dated")]
public partial record Dated(int N, [EventTime] DateTimeOffset? At);

// A class as it was before it changed, and one that takes another's table.
[EventStream(Name = "tailed", Body = BodyFormat.Json)]
public partial record NoLongerTailed(int N);

[EventStream(Name = "tailed", Follow = true)]
public partial record TailedInJsonb(int N);

[EventStream(Name = "other-kind")]
public partial record SameTable(int N);

[EventStream(Name = "person")]
public partial record Person(string? FirstName = null);

[EventStream(Name = "person", Naming = JsonNaming.SnakeCaseLower)]
public partial record PersonInSnakeCase(string? FirstName = null);
