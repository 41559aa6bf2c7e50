using Typed.Time;

namespace Typed.Generated;

/// <summary>A column of a declared series: the member, its .NET type, and how it is stored.</summary>
/// <param name="Member">The declared member's name.</param>
/// <param name="ClrType">The .NET type of the row's property.</param>
/// <param name="Kind">How it is stored.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ColumnDefinition(string Member, Type ClrType, ColumnKind Kind);

/// <summary>A declared time series as data: what the EF model, the catalog and the statements are made from. Emitted for each series.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SeriesDefinition
{
    /// <summary>Creates a definition; emitted code calls this once per declared type.</summary>
    public SeriesDefinition(
        Type pointType, Type rowType, string name, SeriesType type, ColumnDefinition[] keys, ColumnDefinition value, string[] intervals)
    {
        PointType = pointType;
        RowType = rowType;
        Name = name;
        Type = type;
        Keys = keys;
        Value = value;
        Intervals = Array.ConvertAll(intervals, Interval.Parse);
        LastTime = Intervals.Min(interval => interval.BucketOf(Instant.Max)) - 1;
    }

    /// <summary>The declared type.</summary>
    public Type PointType { get; }

    /// <summary>The emitted row type that LINQ queries see.</summary>
    public Type RowType { get; }

    /// <summary>The name that tables start with.</summary>
    public string Name { get; }

    /// <summary>What each bucket keeps.</summary>
    public SeriesType Type { get; }

    /// <summary>The key members, in order.</summary>
    public IReadOnlyList<ColumnDefinition> Keys { get; }

    /// <summary>The value; of a Count without a value member, the total.</summary>
    public ColumnDefinition Value { get; }

    /// <summary>The intervals, in order of declaration.</summary>
    internal IReadOnlyList<Interval> Intervals { get; }

    /// <summary>The member that holds a point's time; null where none does.</summary>
    public string? TimeMember { get; init; }

    /// <summary>How many significant decimal digits of a value a Histogram keeps; 0: all. Not part of the layout, since any value fits the column.</summary>
    public int Digits { get; init; }

    /// <summary>Whether the first column of the key is a namespace, which handles give.</summary>
    public bool IsNamespaced { get; init; }

    /// <summary>The last time whose bucket has an end in every interval: the cell that holds the last instant of year 9999 has none.</summary>
    internal long LastTime { get; }
}
