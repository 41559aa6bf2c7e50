namespace Typed.Linq;

/// <summary>How a list in JSON is asked for an element.</summary>
internal enum ListSearch
{
    /// <summary>As the provider does it.</summary>
    ByProvider,

    /// <summary>By comparing one after the other.</summary>
    ByValue,

    /// <summary>By the text of a value, and one after the other for a null.</summary>
    ByTextOrNull,
}
