namespace Typed.Generator.Model.Streams;

/// <summary>How a list or a map is made of what was read.</summary>
internal enum Making
{
    /// <summary>An array, which is the list itself or serves as one.</summary>
    Array,

    /// <summary>A <c>List</c> or a <c>Dictionary</c>, which serves as any of their interfaces.</summary>
    Standard,

    /// <summary>A <c>HashSet</c>, which serves as any of its interfaces.</summary>
    Set,

    /// <summary>An instance of the type itself, filled one by one.</summary>
    Own,

    /// <summary>The same for a queue.</summary>
    Queue,

    /// <summary>What a factory makes of an array or a dictionary.</summary>
    Factory,
}

/// <summary>How the elements of a list are walked.</summary>
internal enum Walk
{
    Each,
    Count,
    Length,
}

/// <summary>What queries see in a list.</summary>
internal enum ListQuery
{
    Nothing,
    Values,
    Objects,
}

/// <summary>A kind of list or map.</summary>
/// <param name="Making">How it is made.</param>
/// <param name="Walk">How it is walked: by index where that is as fast, since an enumerator of an interface is allocated.</param>
/// <param name="Query">What queries see in it.</param>
/// <param name="Factory">The class that makes it of others.</param>
/// <param name="MayBeDefault">Whether it is a struct that may be without a value.</param>
internal sealed record BodyCollection(
    Making Making,
    Walk Walk = Walk.Each,
    ListQuery Query = ListQuery.Nothing,
    string Factory = "",
    bool MayBeDefault = false);
