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
