namespace Typed;

/// <summary>What a time series keeps in each bucket, and how points, slots and buckets combine.</summary>
public enum SeriesType
{
    /// <summary>Keeps every point, in write order.</summary>
    Series,

    /// <summary>Counts how often each distinct value occurred.</summary>
    Histogram,

    /// <summary>Adds values up; without a value member each point adds 1.</summary>
    Count,

    /// <summary>Keeps the value with the latest time; on equal times the later write.</summary>
    Gauge,

    /// <summary>Keeps the distinct values.</summary>
    Set,

    /// <summary>Keeps count, sum, smallest, largest and deviation of the values, in one row.</summary>
    Summary,
}
