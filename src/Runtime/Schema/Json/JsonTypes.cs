namespace Typed.Schema.Json;

/// <summary>The kinds of JSON values, in the order in which a schema lists them.</summary>
[Flags]
internal enum JsonTypes
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Number = 8,
    String = 16,
    Array = 32,
    Object = 64,
}
