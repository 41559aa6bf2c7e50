namespace Typed.Linq;

/// <summary>What a query gives where the JSON lacks a member, or an object around it.</summary>
/// <param name="Value">The value of the member, or the JSON of a list or object; null where it is null.</param>
/// <param name="Made">How much of the path leads to the innermost object around the member that the class makes where the JSON lacks it; 0: to none.</param>
/// <param name="Around">How much of the path leads to the innermost object around the member that may be null; null where all are there.</param>
internal sealed record Absence(object? Value, int Made, int? Around)
{
    /// <summary>Whether a null in JSON is no absence.</summary>
    public bool MayBeNull { get; init; }

    /// <summary>Whether the value is JSON.</summary>
    public bool IsJson { get; init; }
}
