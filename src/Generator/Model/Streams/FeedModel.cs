namespace Typed.Generator.Model.Streams;

/// <summary>A series that the events of a stream feed.</summary>
/// <param name="Series">The series' type, as code.</param>
/// <param name="Method">The method that makes the points of an event, as code.</param>
/// <param name="Kind">What the method gives.</param>
/// <param name="IsLater">Whether the points are written after the event.</param>
internal sealed record FeedModel(string Series, string Method, FeedKind Kind, bool IsLater);

/// <summary>What a method that feeds a series gives; named as the methods of the runtime that take it.</summary>
internal enum FeedKind
{
    /// <summary>A point or null.</summary>
    One,

    /// <summary>A point that is a struct, or null.</summary>
    OneOfStructs,

    /// <summary>Any number of points.</summary>
    Many,
}
