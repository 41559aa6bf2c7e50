namespace Typed.Time;

/// <summary>Grids that are named outside a declaration, <c>STEP [in ZONE]</c>: a part of the interval grammar.</summary>
internal static class GridGrammar
{
    /// <summary>Reads a grid.</summary>
    /// <param name="grid">For instance <c>15m</c> or <c>monthly in Europe/Paris</c>.</param>
    /// <param name="defaultZone">The zone of a calendar word that names none; null: UTC.</param>
    /// <param name="parameter">The caller's parameter, for the error.</param>
    /// <returns>The step, and the zone of a calendar word.</returns>
    /// <exception cref="ArgumentException">The text is no grid; the message says what is wrong.</exception>
    public static (StepSpec Step, string? Zone) Parse(string grid, string? defaultZone, string parameter)
    {
        if (!IntervalGrammar.TryParse("grid: " + grid, out var spec, out var error))
        {
            throw new ArgumentException($"'{grid}' is no grid: {error.Message}", parameter);
        }

        if (spec.IsFine || spec.Keep is not null)
        {
            throw new ArgumentException($"'{grid}' is more than a grid: give a step, and a zone where it has one, as in 'monthly in Europe/Paris'.", parameter);
        }

        var namesZone = Array.IndexOf(grid.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries), "in") >= 0;
        return (spec.Step, spec.Step.IsCalendar && !namesZone ? defaultZone ?? spec.Zone : spec.Zone);
    }
}
