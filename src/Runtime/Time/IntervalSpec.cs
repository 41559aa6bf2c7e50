using System.Globalization;

namespace Typed.Time;

/// <summary>A declared interval as plain data: <c>name: STEP [by RESOLUTION] [keep N] [in ZONE]</c>.</summary>
/// <param name="Name">A C# identifier, unique per class regardless of case.</param>
/// <param name="Step">The grid of the buckets.</param>
/// <param name="Resolution">The grid of the slots; the step itself when the interval is coarse.</param>
/// <param name="Keep">How many buckets stay live, the current one included; null: for ever.</param>
/// <param name="Zone">The IANA zone of the calendar words; null when there is none.</param>
internal sealed record IntervalSpec(string Name, StepSpec Step, StepSpec Resolution, int? Keep, string? Zone)
{
    /// <summary>The zone of calendar words that name none.</summary>
    public const string DefaultZone = "UTC";

    /// <summary>Whether buckets are divided into slots. Only the same words are equal: <c>daily by 1d</c> is fine.</summary>
    public bool IsFine => Step != Resolution;

    /// <summary>Whether buckets have no slots.</summary>
    public bool IsCoarse => !IsFine;

    /// <summary>What may not change once data is stored, in the grammar's words: step, resolution where fine, zone unless UTC.</summary>
    public string Layout => Text(null);

    /// <summary>The interval in the grammar's words; parsing it gives an equal value.</summary>
    public override string ToString() => Name + ": " + Text(Keep);

    private string Text(int? keep) =>
        Step.ToString()
        + (IsFine ? " by " + Resolution : "")
        + (keep is int n ? " keep " + n.ToString(CultureInfo.InvariantCulture) : "")
        + (Zone is null or DefaultZone ? "" : " in " + Zone);
}
