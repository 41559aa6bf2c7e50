namespace Typed.Schema;

/// <summary>What a column of a series' table is for, beside those of the key.</summary>
internal enum SeriesColumnRole
{
    Bucket,
    Slot,
    Time,
    Sequence,
    Value,
    Count,
    Sum,
    Min,
    Max,
    SquaredDeviations,
}

/// <summary>A column of a series' table.</summary>
/// <param name="Role">What it is for.</param>
/// <param name="Meaning">The same in words.</param>
/// <param name="IsInKey">Whether it is in the primary key, where the key columns come first.</param>
internal sealed record SeriesColumn(SeriesColumnRole Role, string Meaning, bool IsInKey)
{
    /// <summary>The row's property; that of the value has the name of the declared member, if there is one.</summary>
    public string Name => Role.ToString();
}

/// <summary>The columns that the tables of a series have, said once: the generator compiles this file too.</summary>
internal static class SeriesColumns
{
    /// <summary>The first column of the key, where a series has namespaces.</summary>
    public const string Namespace = nameof(Namespace);

    public const string Bucket = nameof(SeriesColumnRole.Bucket);
    public const string Slot = nameof(SeriesColumnRole.Slot);
    public const string Time = nameof(SeriesColumnRole.Time);
    public const string Sequence = nameof(SeriesColumnRole.Sequence);
    public const string Value = nameof(SeriesColumnRole.Value);
    public const string Count = nameof(SeriesColumnRole.Count);
    public const string Sum = nameof(SeriesColumnRole.Sum);

    /// <summary>The columns after those of the key, in order: first what else is in the primary key.</summary>
    /// <param name="type">What each bucket keeps. The points of a Series have one table, whatever the intervals.</param>
    /// <param name="fine">Whether the interval has slots.</param>
    public static IReadOnlyList<SeriesColumn> After(SeriesType type, bool fine)
    {
        if (type == SeriesType.Series)
        {
            return
            [
                new(SeriesColumnRole.Time, "the time of a point", IsInKey: true),
                new(SeriesColumnRole.Sequence, "the write order of points", IsInKey: true),
                new(SeriesColumnRole.Value, "the value", IsInKey: false),
            ];
        }

        List<SeriesColumn> columns = [new(SeriesColumnRole.Bucket, "the start of a bucket", IsInKey: true)];
        if (fine)
        {
            columns.Add(new(SeriesColumnRole.Slot, "the start of a slot", IsInKey: true));
        }

        if (type == SeriesType.Summary)
        {
            columns.Add(new(SeriesColumnRole.Count, "the count of values", IsInKey: false));
            columns.Add(new(SeriesColumnRole.Sum, "the sum of values", IsInKey: false));
            columns.Add(new(SeriesColumnRole.Min, "the smallest value", IsInKey: false));
            columns.Add(new(SeriesColumnRole.Max, "the largest value", IsInKey: false));
            columns.Add(new(SeriesColumnRole.SquaredDeviations, "the squared distances of values from their mean", IsInKey: false));
            return columns;
        }

        columns.Add(type == SeriesType.Count
            ? new(SeriesColumnRole.Value, "the total", IsInKey: false)
            : new(SeriesColumnRole.Value, "the value", IsInKey: type is SeriesType.Histogram or SeriesType.Set));
        if (type == SeriesType.Histogram)
        {
            columns.Add(new(SeriesColumnRole.Count, "the count of a value", IsInKey: false));
        }

        if (type == SeriesType.Gauge)
        {
            columns.Add(new(SeriesColumnRole.Time, "the time of a value", IsInKey: false));
        }

        return columns;
    }
}
