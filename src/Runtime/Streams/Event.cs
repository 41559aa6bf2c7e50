namespace Typed;

/// <summary>An event: the declared class's instance, and what the library adds.</summary>
/// <typeparam name="TBody">The declared class.</typeparam>
public sealed class Event<TBody>
{
    internal Event(EventId id, DateTimeOffset time, TBody body) => (Id, Time, Body) = (id, time, body);

    // EF Core calls this where it makes events itself, as after Union.
    private Event() => Body = default!;

    /// <summary>The id: orders by time, then by arrival.</summary>
    public EventId Id { get; private set; }

    /// <summary>When it happened, in UTC: exact to 100 ns; conditions and orders of LINQ queries see the column's microseconds.</summary>
    public DateTimeOffset Time { get; private set; }

    /// <summary>What was put.</summary>
    public TBody Body { get; private set; }

    /// <summary>Time and body.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Time:O} {Body}");
}
