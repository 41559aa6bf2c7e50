using Microsoft.EntityFrameworkCore.Query;
using Typed.Time;

namespace Typed;

/// <summary>Functions for LINQ over events and series; the databases compute what they compute here.</summary>
public static class TypedFunctions
{
    /// <summary>The start of the cell of a grid that holds a time, in UTC: <c>views.GroupBy(e => TypedFunctions.Bucket(e.Time, "15m"))</c>.</summary>
    /// <param name="time">The time.</param>
    /// <param name="grid">A grid as an interval declares it: a width such as <c>15m</c>, or <c>daily</c>, <c>weekly</c>, <c>monthly</c>, <c>yearly</c>, which
    /// may name a zone, as in <c>daily in Europe/Paris</c>. In a query it is a constant or a variable.</param>
    /// <exception cref="ArgumentException">The text is no grid.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The cell starts before year 1.</exception>
    public static DateTimeOffset Bucket(DateTimeOffset time, [NotParameterized] string grid) => StartOf(time, ParseGrid(grid, zone: null));

    /// <summary>The start of the cell of a calendar word in a zone that holds a time, in UTC.</summary>
    /// <param name="time">The time.</param>
    /// <param name="grid"><c>daily</c>, <c>weekly</c>, <c>monthly</c> or <c>yearly</c>.</param>
    /// <param name="zone">An IANA id, as in <c>Europe/Paris</c>.</param>
    /// <exception cref="ArgumentException">The text is no calendar word, or there is no such zone.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The cell starts before year 1.</exception>
    public static DateTimeOffset Bucket(DateTimeOffset time, [NotParameterized] string grid, [NotParameterized] string zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return StartOf(time, ParseGrid(grid, zone));
    }

    internal static (StepSpec Step, string? Zone) ParseGrid(string grid, string? zone)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return GridGrammar.Parse(zone is null ? grid : $"{grid} in {zone}", defaultZone: null, nameof(grid));
    }

    private static DateTimeOffset StartOf(DateTimeOffset time, (StepSpec Step, string? Zone) grid) =>
        Instant.ToDateTimeOffset(Grid.For(grid.Step, grid.Zone).Floor(Instant.From(time)));
}
