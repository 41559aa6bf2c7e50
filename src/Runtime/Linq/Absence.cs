using Microsoft.EntityFrameworkCore.Query;

namespace Typed.Linq;

/// <summary>What stands for a member that the JSON lacks.</summary>
/// <param name="Value">The value.</param>
/// <param name="Around">The path of the object around it, where that may be null; null: it is always there.</param>
internal sealed record Absence(object Value, IReadOnlyList<PathSegment>? Around)
{
    /// <summary>Whether a null in JSON is no absence.</summary>
    public bool MayBeNull { get; init; }
}
