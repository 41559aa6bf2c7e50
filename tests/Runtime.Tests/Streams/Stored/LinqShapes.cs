using System.Text.Json.Serialization;

namespace Typed.Runtime.Tests.Streams.Stored;

// Bodies of which queries see little or nothing.

[EventStream]
public partial record Heartbeat;

[EventStream]
public partial record OnlyMap(Dictionary<string, int> Map);

[EventStream]
public partial record OnlyItself
{
    public OnlyItself? Next { get; init; }
}

[EventStream]
public partial class OnlyComputed
{
    public int Two => 2;
}

public record Blank;

public record MapInside(Dictionary<string, int> Map);

public class SelfInside
{
    public SelfInside? Next { get; set; }
}

public class ComputedInside
{
    public int Two => 2;
}

[EventStream]
public partial record Blanks(int N, Blank? One, MapInside? Map, List<Blank>? Many, SelfInside? Self, ComputedInside? Computed)
{
    [JsonPropertyName("")]
    public string? Unnamed { get; init; }

    public int Twice => 2 * N;
}

// Members in odd places.

public class HiddenBase
{
    public int X { get; set; }

    public int Inherited { get; set; }

    public virtual string Over { get; set; } = "";

    internal int Own { get; private protected set; }
}

[EventStream]
public partial class Hiding : HiddenBase
{
    public new string X { get; set; } = "";

    public override string Over { get; set; } = "";

    public new List<int> Own { get; set; } = [];
}

[EventStream]
public partial class Renaming : HiddenBase
{
    [JsonPropertyName("own_x")]
    public new string X { get; set; } = "";

    [JsonPropertyName("own_over")]
    public override string Over { get; set; } = "";
}

public class FieldItem
{
    [JsonInclude]
    public string Name = "";

    public int Unseen;

    public int N { get; set; }
}

[EventStream]
public partial class Fields
{
    [JsonInclude]
    public int Number;

    [JsonInclude]
    public FieldItem? Inner;

    [JsonInclude]
    public List<FieldItem> Items = [];

    [JsonInclude]
    private int _secret;

    public int Secret() => _secret;

    public void Tell(int secret) => _secret = secret;
}

public struct PlainStruct
{
    public int A { get; set; }

    public string? B { get; set; }
}

public record struct Nesting(int A, PlainStruct Inside);

public readonly record struct Frozen(int A, string B)
{
    public int Extra { get; init; } = 7;
}

public readonly struct Chosen
{
    [JsonConstructor]
    public Chosen(int a) => A = a;

    public int A { get; }
}

[EventStream]
public partial record struct Structs(PlainStruct One, Nesting Two, Frozen Three, Chosen Four);

public readonly record struct FrozenAround(int A, PlainStruct Inside);

[EventStream]
public partial record UnseenStructs(FrozenAround Around, PlainStruct? Maybe, List<PlainStruct> Many, PlainStruct[] Array);

public class InitItem
{
    public required string ItemName { get; init; }

    public int N { get; init; } = 7;
}

[EventStream(Naming = JsonNaming.SnakeCaseLower, Body = BodyFormat.Json)]
public partial class InitOnly
{
    public required string UserName { get; init; }

    public int LoginCount { get; init; }

    public InitItem? FirstItem { get; init; }

    public List<InitItem> AllItems { get; init; } = [];

    public string[] AllTags { get; init; } = [];

    [JsonPropertyName("größe")]
    public int Accents { get; init; }
}

[EventStream(Naming = JsonNaming.KebabCaseLower)]
public partial record Kebab(string UserName, List<InitItem> AllItems);

[EventStream]
public partial record OddlyNamed(int N, [property: JsonPropertyName("a.b \"c\" 'd' $e[0]")] int Odd, OddInside Inside);

public record OddInside([property: JsonPropertyName("x.y")] int Odd);

// Lists.

public enum Renamed
{
    None,

    [JsonStringEnumMemberName("very first")]
    First,
}

[Flags]
public enum RenamedBits
{
    None,

    [JsonStringEnumMemberName("one")]
    One,

    Two,
}

[EventStream]
public partial record Enumerated(Renamed One, Renamed? Maybe, RenamedBits Bits, List<Renamed> List, Renamed[] Array, IReadOnlyList<Renamed> Interface);

[EventStream]
public partial record Listed(
    List<int>? Maybe, int[] Ints, List<string?> Texts, IReadOnlyList<string> ReadOnlyTexts, IReadOnlyList<int> ReadOnlyInts, List<byte> Bytes, List<ulong> Longs, List<bool> Flags,
    List<Guid> Ids, List<decimal> Prices, List<DateOnly> Days, List<DateTime> Utcs, DateTimeOffset[] Times, List<TimeOnly> Clocks, List<TimeSpan> Spans);

[EventStream]
public partial record UnseenLists(
    int[][] Nested, List<Dictionary<string, int>> Maps, List<byte[]> Blobs, IReadOnlyList<InitItem> ReadOnlyObjects, List<List<InitItem>> NestedObjects);
