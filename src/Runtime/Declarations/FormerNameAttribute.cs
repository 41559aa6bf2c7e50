namespace Typed;

/// <summary>
/// A name that a member had in the JSON of older events. They are read, and found by queries, as if they had the name of today, which alone is written. It may
/// stand several times: where an event has several of the names, the one of today counts, then the others in order.
/// </summary>
/// <param name="name">The name in JSON, as it stands in stored events.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter, AllowMultiple = true)]
public sealed class FormerNameAttribute(string name) : Attribute
{
    /// <summary>The name in JSON.</summary>
    public string Name { get; } = name;
}
