namespace Typed;

/// <summary>
/// Marks the member that holds an event's time: a <see cref="DateTimeOffset"/> or a <see cref="DateTime"/> in UTC, or a nullable one of them,
/// where null leaves the time to the store's clock. At most one member. The member stays in the body, with its own offset.
/// </summary>
/// <remarks>The time must be an instant from 1970-01-01T00:00Z to the end of year 9999; an event with another one is refused.</remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class EventTimeAttribute : Attribute;
