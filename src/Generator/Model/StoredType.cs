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

/// <summary>A value or key type and how it is stored.</summary>
/// <param name="Name">The type from anywhere.</param>
/// <param name="Column">The runtime's column struct for it, from anywhere.</param>
/// <param name="Kind">The member of the runtime's ColumnKind.</param>
/// <param name="Category">What kind of value it is.</param>
/// <param name="IsReference">Whether it is a reference type.</param>
internal sealed record StoredType(string Name, string Column, string Kind, ValueCategory Category, bool IsReference)
{
    /// <summary>
    /// The type of a row's property. Every instant is a DateTimeOffset there: EF would translate the members of a DateTime into text functions, which mean
    /// nothing on SQLite's microseconds.
    /// </summary>
    public string RowName => Kind == "Instant" ? "global::System.DateTimeOffset" : Name;
}
