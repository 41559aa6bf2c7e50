namespace Typed.Generator.Model;

/// <summary>The member with the time of a point or an event.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="IsDateTime">DateTime rather than DateTimeOffset.</param>
/// <param name="IsNullable">Whether it may be null.</param>
internal sealed record TimeModel(string Name, bool IsDateTime, bool IsNullable);
