using Microsoft.EntityFrameworkCore.Query;

namespace Typed.Linq;

/// <summary>The value that stands for a member that the JSON lacks.</summary>
/// <param name="Value">The value.</param>
/// <param name="Around">The path of the object around the member, where that may be null; null where the object is always there.</param>
internal sealed record Absence(object Value, IReadOnlyList<PathSegment>? Around)
{
    /// <summary>Whether a null in JSON is no absence.</summary>
    public bool MayBeNull { get; init; }
}
