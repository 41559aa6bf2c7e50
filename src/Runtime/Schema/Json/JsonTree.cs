namespace Typed.Schema.Json;

/// <summary>What a JSON value is.</summary>
internal enum JsonTreeKind
{
    Null,
    Boolean,
    Number,
    Text,
    Array,
    Object,
}

/// <summary>A JSON value with its place in the text it was read from.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Its first character.</param>
internal sealed record JsonTree(JsonTreeKind Kind, int Start)
{
    /// <summary>Of a text its value; of a number, a truth or null how it is written.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>Of an array: its elements.</summary>
    public IReadOnlyList<JsonTree> Items { get; init; } = [];

    /// <summary>Of an object: its members in order. A name may come twice.</summary>
    public IReadOnlyList<JsonTreeMember> Members { get; init; } = [];

    /// <summary>The value of the first member of that name; null: there is none.</summary>
    public JsonTree? Find(string name) => Members.FirstOrDefault(member => string.Equals(member.Name, name, StringComparison.Ordinal))?.Value;
}

/// <summary>A member of a JSON object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">The first character of the name.</param>
/// <param name="Value">Its value.</param>
internal sealed record JsonTreeMember(string Name, int Start, JsonTree Value);

/// <summary>Something in a text that is wrong, and where.</summary>
internal sealed class JsonFaultException(int start, string message) : FormatException(message)
{
    public int Start { get; } = start;
}
