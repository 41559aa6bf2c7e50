namespace Typed.Linq;

/// <summary>What a column of a list's rows holds.</summary>
internal enum ListColumn
{
    /// <summary>What is no JSON, such as the position.</summary>
    Other,

    /// <summary>An element, as it stands in JSON.</summary>
    Element,

    /// <summary>A member of an object, as it stands in JSON.</summary>
    Member,
}
