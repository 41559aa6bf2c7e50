using Typed.Generated;

namespace Typed.Series;

/// <summary>How values of each type merge, for reads with lambdas of the user's own. Everything else merges in the database.</summary>
internal static class Merging
{
    public static TValue Totals<TValue, TColumn>(IReadOnlyList<TValue> totals)
        where TValue : struct
        where TColumn : struct, ITotalColumn<TValue> => totals.Aggregate(default(TValue), TColumn.Add);

    public static Histogram<TValue> Histograms<TValue, TColumn>(IReadOnlyList<Histogram<TValue>> histograms)
        where TValue : notnull
        where TColumn : struct, IColumn<TValue>
    {
        var counts = new SortedDictionary<TValue, long>(Comparer<TValue>.Create(TColumn.Compare));
        foreach (var (value, count) in histograms.SelectMany(histogram => histogram))
        {
            counts[value] = checked(counts.GetValueOrDefault(value) + count);
        }

        return new([.. counts.Keys], [.. counts.Values], TColumn.Compare);
    }

    public static IReadOnlySet<TValue> Sets<TValue, TColumn>(IReadOnlyList<IReadOnlySet<TValue>> sets)
        where TColumn : struct, IColumn<TValue> => new HashSet<TValue>(sets.SelectMany(set => set), ColumnComparer<TValue, TColumn>.Instance);

    public static IReadOnlyList<TValue> Lists<TValue>(IReadOnlyList<IReadOnlyList<TValue>> lists) => [.. lists.SelectMany(list => list)];
}
