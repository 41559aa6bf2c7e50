namespace Typed.Generator.Model;

/// <summary>What kind of value a type is: it decides the statistics.</summary>
internal enum ValueCategory
{
    Other,
    Integer,
    Float,
    Decimal,
    Temporal,
}

/// <summary>A type of values, in keys, values and events, and how it is stored.</summary>
/// <param name="Name">The type's name in code anywhere.</param>
/// <param name="Column">The name in code of the runtime's column struct for the type.</param>
/// <param name="Kind">The member of the runtime's ColumnKind.</param>
/// <param name="Category">What kind of value it is.</param>
/// <param name="IsReference">Whether it is a reference type.</param>
/// <param name="Scalar">The runtime's method that reads the type from JSON; empty for an enum, which is a text there.</param>
internal sealed record StoredType(string Name, string Column, string Kind, ValueCategory Category, bool IsReference, string Scalar)
{
    public static StoredType Int64 { get; } = Plain("long", "Int64", "Int64", ValueCategory.Integer);

    public static StoredType Double { get; } = Plain("double", "Double", "Double", ValueCategory.Float);

    /// <summary>
    /// The type of a row's property. Every instant is a DateTimeOffset there: EF would translate the members of a DateTime into text functions, which mean
    /// nothing on SQLite's microseconds.
    /// </summary>
    public string RowName => Kind == "Instant" ? "global::System.DateTimeOffset" : Name;

    /// <summary>The name of the row's type in the layout of a table.</summary>
    public string LayoutName => Scalar switch
    {
        "" => "enum of " + Underlying,
        "Text" => "String",
        "Bytes" => "Byte[]",
        "DateTime" => "DateTimeOffset",
        _ => Scalar,
    };

    /// <summary>Of an enum: the name of the type of its numbers.</summary>
    public string Underlying { get; init; } = "";

    /// <summary>A type whose column struct is called like its reading method.</summary>
    public static StoredType Plain(string name, string scalar, string kind, ValueCategory category = ValueCategory.Other, bool isReference = false) =>
        new(name, $"global::Typed.Generated.{scalar}Column", kind, category, isReference, scalar);
}
