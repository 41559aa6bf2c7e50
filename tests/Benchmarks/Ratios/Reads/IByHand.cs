namespace Typed.Benchmarks.Ratios.Reads;

/// <summary>
/// The reads as a careful developer would write them for one database, on the tables that the store made: typed parameters, statements prepared,
/// connections reused, and what is read is complete in memory at the end.
/// </summary>
internal interface IByHand : IAsyncDisposable
{
    Task<List<(DateTimeOffset Start, long Hits)>> VisitsAsync(string route, DateTimeOffset first, DateTimeOffset last);

    Task<List<(string Route, DateTimeOffset Start, long Hits)>> AllVisitsAsync(DateTimeOffset first, DateTimeOffset last);

    Task<List<(DateTimeOffset Start, long Hits)>> QuartersAsync(string route, DateTimeOffset first, DateTimeOffset last);

    Task<List<(DateTimeOffset Start, Distribution Latencies)>> LatenciesAsync(string route, DateTimeOffset first, DateTimeOffset last);

    Task<List<(DateTimeOffset Start, Figures Figures)>> LatencyFiguresAsync(string route, DateTimeOffset first, DateTimeOffset last);

    Task<long> VisitsAtAsync(string route, DateTimeOffset bucket);

    Task<Distribution> LatenciesAtAsync(string route, DateTimeOffset bucket);
}

/// <summary>A histogram by hand.</summary>
internal sealed record Distribution(double[] Values, long[] Counts);

/// <summary>Statistics by hand; the rate is per second of a minute.</summary>
internal readonly record struct Figures(long Count, double Sum, double Min, double Max)
{
    public double Mean => Sum / Count;

    public double Rate => Count / 60.0;
}

/// <summary>Rows to buckets: what both databases' hand-written code shares.</summary>
internal sealed class DistributionBuilder
{
    private readonly List<(DateTimeOffset, Distribution)> _buckets = [];
    private readonly List<double> _values = [];
    private readonly List<long> _counts = [];
    private DateTimeOffset _start;

    public void Add(DateTimeOffset start, double value, long count)
    {
        if (_values.Count > 0 && start != _start)
        {
            End();
        }

        _start = start;
        _values.Add(value);
        _counts.Add(count);
    }

    public List<(DateTimeOffset Start, Distribution Latencies)> Build()
    {
        if (_values.Count > 0)
        {
            End();
        }

        return _buckets;
    }

    private void End()
    {
        _buckets.Add((_start, new([.. _values], [.. _counts])));
        _values.Clear();
        _counts.Clear();
    }
}
