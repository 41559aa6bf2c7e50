namespace Typed.Linq;

/// <summary>How a list in JSON is searched for an element.</summary>
internal enum ListSearch
{
    /// <summary>The provider's own search.</summary>
    ByProvider,

    /// <summary>A comparison with each element.</summary>
    ByValue,

    /// <summary>A search for the text of a value; for null a comparison with each element.</summary>
    ByTextOrNull,
}
