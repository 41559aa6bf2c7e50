namespace Typed.Linq;

/// <summary>The content of a column of a list's rows.</summary>
internal enum ListColumn
{
    /// <summary>Something other than JSON, such as the position.</summary>
    Other,

    /// <summary>An element as JSON.</summary>
    Element,

    /// <summary>A member of an object as JSON.</summary>
    Member,
}
