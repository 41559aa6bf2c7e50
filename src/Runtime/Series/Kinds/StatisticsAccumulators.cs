using System.Numerics;

namespace Typed.Series.Kinds;

/// <summary>Statistics that the database computed: one row each.</summary>
internal abstract class StatisticsAccumulator<TStats> : BucketAccumulator<TStats>
    where TStats : struct
{
    private TStats _taken;

    public override TStats Nothing => default;

    public override void Add(RowReader row, int ordinal, bool merged) => _taken = Read(row, ordinal);

    public override TStats Take() => _taken;

    protected abstract TStats Read(RowReader row, int ordinal);
}

/// <summary>Values that are neither numbers nor temporal.</summary>
internal sealed class CountStatisticsAccumulator : StatisticsAccumulator<CountStatistics>
{
    protected override CountStatistics Read(RowReader row, int ordinal) => new(row.IntegerSum(ref ordinal), Rate: 0);
}

/// <summary>Temporal values.</summary>
internal sealed class TemporalStatisticsAccumulator<TValue, TColumn> : StatisticsAccumulator<TemporalStatistics<TValue>>
    where TValue : struct
    where TColumn : struct, IColumn<TValue>
{
    protected override TemporalStatistics<TValue> Read(RowReader row, int ordinal) =>
        new(row.IntegerSum(ref ordinal), TColumn.Read(row, ordinal), TColumn.Read(row, ordinal + 1), Rate: 0);
}

/// <summary>Integers.</summary>
internal sealed class IntegerStatisticsAccumulator<TValue, TColumn> : StatisticsAccumulator<NumericStatistics<TValue, long, double>>
    where TValue : struct, INumber<TValue>
    where TColumn : struct, IColumn<TValue>
{
    protected override NumericStatistics<TValue, long, double> Read(RowReader row, int ordinal)
    {
        var count = row.IntegerSum(ref ordinal);
        var sum = row.IntegerSum(ref ordinal);
        return new(count, sum, TColumn.Read(row, ordinal), TColumn.Read(row, ordinal + 1), (double)sum / count, Rate: 0);
    }
}

/// <summary>Floats.</summary>
internal sealed class FloatStatisticsAccumulator<TValue, TColumn> : StatisticsAccumulator<NumericStatistics<TValue, double, double>>
    where TValue : struct, INumber<TValue>
    where TColumn : struct, IColumn<TValue>
{
    protected override NumericStatistics<TValue, double, double> Read(RowReader row, int ordinal)
    {
        var count = row.IntegerSum(ref ordinal);
        var sum = row.Double(ordinal);
        if (!double.IsFinite(sum))
        {
            // SQLite says nothing; PostgreSQL would have failed.
            throw new OverflowException("A sum left the range of double.");
        }

        return new(count, sum, TColumn.Read(row, ordinal + 1), TColumn.Read(row, ordinal + 2), sum / count, Rate: 0);
    }
}

/// <summary>Decimals.</summary>
internal sealed class DecimalStatisticsAccumulator : StatisticsAccumulator<NumericStatistics<decimal, decimal, decimal>>
{
    protected override NumericStatistics<decimal, decimal, decimal> Read(RowReader row, int ordinal)
    {
        var count = row.IntegerSum(ref ordinal);
        var sum = row.Decimal(ordinal);
        return new(count, sum, row.Decimal(ordinal + 1), row.Decimal(ordinal + 2), sum / count, Rate: 0);
    }
}
