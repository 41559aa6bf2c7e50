using System.Text.Json;
using System.Text.Json.Serialization;

namespace Typed.Runtime.Tests.Streams;

[EventStream(Name = "bodies.nest", Retain = "2w", Naming = JsonNaming.SnakeCaseLower, Body = BodyFormat.Json, Follow = true)]
public partial record Nest(int N, Inner? Inside, List<Inner?>? List, Dictionary<string, string>? Map, string[]? Tags, float? Y, JsonElement? Raw = null, Nest? Next = null, DateTime? LastSeen = null);

public record Inner(string? S, double? D)
{
    public required string Name { get; init; } = "n";
}

[EventStream]
public partial record Timed([property: JsonPropertyName("the time")] [EventTime] DateTimeOffset At, int N = 1);

[EventStream]
public partial class Loose
{
    [EventTime]
    public DateTime? Seen { get; set; }

    [JsonExtensionData]
    public Dictionary<string, object>? More { get; set; }
}
