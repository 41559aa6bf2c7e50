namespace Typed.Time;

/// <summary>A step that follows the calendar instead of having a fixed width.</summary>
public enum CalendarWord
{
    /// <summary>No calendar word: the step has a fixed width.</summary>
    None,

    /// <summary>Midnight to midnight.</summary>
    Daily,

    /// <summary>Monday 00:00 to Monday 00:00 (ISO 8601).</summary>
    Weekly,

    /// <summary>From the first of a month to the first of the next.</summary>
    Monthly,

    /// <summary>From 1 January to 1 January.</summary>
    Yearly,
}
