namespace Typed.Schema.Shapes;

/// <summary>Compares a stored series with a declared one.</summary>
internal static class SeriesComparer
{
    public static IEnumerable<SchemaDifference> Compare(SeriesShape stored, SeriesShape declared)
    {
        if (!string.Equals(stored.Type, declared.Type, StringComparison.Ordinal))
        {
            yield return new(DifferenceKind.SeriesType, declared.Name, "type", stored.Type, declared.Type);
        }

        if (!stored.Keys.SequenceEqual(declared.Keys, StringComparer.Ordinal))
        {
            var isOrder = stored.Keys.OrderBy(key => key, StringComparer.Ordinal).SequenceEqual(declared.Keys.OrderBy(key => key, StringComparer.Ordinal));
            yield return new(isOrder ? DifferenceKind.SeriesKeyOrder : DifferenceKind.SeriesKeys, declared.Name, "keys",
                string.Join(", ", stored.Keys), string.Join(", ", declared.Keys));
        }

        if (!string.Equals(stored.Value, declared.Value, StringComparison.Ordinal))
        {
            yield return new(DifferenceKind.SeriesValue, declared.Name, "value", stored.Value, declared.Value);
        }

        // The intervals of a Series are views on its points.
        if (stored.KeepsPoints || declared.KeepsPoints)
        {
            yield break;
        }

        foreach (var difference in CompareIntervals(stored, declared))
        {
            yield return difference;
        }
    }

    private static IEnumerable<SchemaDifference> CompareIntervals(SeriesShape stored, SeriesShape declared)
    {
        foreach (var interval in declared.Intervals)
        {
            var was = stored.Intervals.FirstOrDefault(interval.IsSame);
            if (was is null)
            {
                yield return new(DifferenceKind.IntervalAdded, declared.Name, interval.Name, "", interval.Layout);
            }
            else if (!string.Equals(was.Layout, interval.Layout, StringComparison.Ordinal))
            {
                yield return new(DifferenceKind.IntervalGrid, declared.Name, interval.Name, was.Layout, interval.Layout);
            }
        }

        foreach (var interval in stored.Intervals.Where(interval => !declared.Intervals.Any(interval.IsSame)))
        {
            yield return new(DifferenceKind.IntervalUndeclared, declared.Name, interval.Name, interval.Layout, "");
        }
    }
}
