namespace Typed.Generator.Model.Streams;

internal enum BodyQueryKind
{
    /// <summary>The member is not in the JSON, so not in queries either.</summary>
    Absent,

    /// <summary>The member is in the JSON and not read back: queries cannot see it, and an object without it is whole.</summary>
    WriteOnly,

    /// <summary>Queries cannot see the member, and an object without it is not whole.</summary>
    Unmapped,

    /// <summary>A value.</summary>
    Value,

    /// <summary>A list of values.</summary>
    Values,

    /// <summary>A nested object.</summary>
    Object,

    /// <summary>A list of objects.</summary>
    Objects,
}

/// <summary>How queries see a member.</summary>
/// <param name="Kind">As what.</param>
/// <param name="Reason">Why they do not, where they do not.</param>
/// <param name="Absent">Of a value: what it is where the JSON lacks it, as C#; empty: null, or JSON without it is refused.</param>
internal sealed record BodyQuery(BodyQueryKind Kind, string Reason = "", string Absent = "")
{
    public bool IsMapped => Kind >= BodyQueryKind.Value;

    public bool IsObject => Kind >= BodyQueryKind.Object;
}
