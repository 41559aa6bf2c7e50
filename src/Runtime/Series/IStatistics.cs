using System.Numerics;
using Typed.Series;

namespace Typed;

/// <summary>Statistics that know their rate once the length of their bucket is known.</summary>
/// <typeparam name="TSelf">The statistics themselves.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IStatistics<TSelf>
    where TSelf : struct, IStatistics<TSelf>
{
    /// <summary>The same with the rate of a bucket of that length.</summary>
    /// <param name="seconds">The bucket's real length in seconds.</param>
    TSelf Over(double seconds);

    /// <summary>Whether they are those of nothing.</summary>
    internal bool IsEmpty { get; }

    /// <summary>Those of the entries of both, without a rate.</summary>
    internal TSelf With(in TSelf other);

    /// <summary>The same with the figures that nothing lacks taken from another bucket's.</summary>
    internal TSelf FilledFrom(in TSelf other);
}

/// <summary>Statistics of a bucket or a range of values that are neither numbers nor temporal.</summary>
/// <param name="Count">The number of entries.</param>
/// <param name="Rate">Entries per second of the real length.</param>
public readonly record struct CountStatistics(long Count, double Rate) : IStatistics<CountStatistics>
{
    /// <inheritdoc/>
    public CountStatistics Over(double seconds) => this with { Rate = Count / seconds };

    bool IStatistics<CountStatistics>.IsEmpty => Count == 0;

    CountStatistics IStatistics<CountStatistics>.With(in CountStatistics other) => new(checked(Count + other.Count), Rate: 0);

    CountStatistics IStatistics<CountStatistics>.FilledFrom(in CountStatistics other) => this;
}

/// <summary>Statistics of a bucket or a range of temporal values.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="Count">The number of entries.</param>
/// <param name="Min">The earliest value; of nothing: null.</param>
/// <param name="Max">The latest value; of nothing: null.</param>
/// <param name="Rate">Entries per second of the real length.</param>
public readonly record struct TemporalStatistics<T>(long Count, T? Min, T? Max, double Rate) : IStatistics<TemporalStatistics<T>>
    where T : struct
{
    /// <inheritdoc/>
    public TemporalStatistics<T> Over(double seconds) => this with { Rate = Count / seconds };

    bool IStatistics<TemporalStatistics<T>>.IsEmpty => Count == 0;

    TemporalStatistics<T> IStatistics<TemporalStatistics<T>>.With(in TemporalStatistics<T> other) =>
        new(checked(Count + other.Count), Figures.Smaller(Min, other.Min), Figures.Larger(Max, other.Max), Rate: 0);

    TemporalStatistics<T> IStatistics<TemporalStatistics<T>>.FilledFrom(in TemporalStatistics<T> other) => this with { Min = other.Min, Max = other.Max };
}

/// <summary>Statistics of a bucket or a range of numbers.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <typeparam name="TSum">The sum: <see cref="long"/> of integers, <see cref="double"/> of floats, <see cref="decimal"/> of decimals.</typeparam>
/// <typeparam name="TMean">The mean: <see cref="decimal"/> of decimals, otherwise <see cref="double"/>.</typeparam>
/// <param name="Count">The number of entries.</param>
/// <param name="Sum">Their sum; of nothing: 0.</param>
/// <param name="Min">The smallest; of nothing: null.</param>
/// <param name="Max">The largest; of nothing: null.</param>
/// <param name="Mean">Their mean; of nothing: null.</param>
/// <param name="Rate">Entries per second of the real length.</param>
public readonly record struct NumericStatistics<T, TSum, TMean>(long Count, TSum Sum, T? Min, T? Max, TMean? Mean, double Rate)
    : IStatistics<NumericStatistics<T, TSum, TMean>>
    where T : struct, INumber<T>
    where TSum : struct, INumber<TSum>
    where TMean : struct, INumber<TMean>
{
    /// <inheritdoc/>
    public NumericStatistics<T, TSum, TMean> Over(double seconds) => this with { Rate = Count / seconds };

    bool IStatistics<NumericStatistics<T, TSum, TMean>>.IsEmpty => Count == 0;

    NumericStatistics<T, TSum, TMean> IStatistics<NumericStatistics<T, TSum, TMean>>.With(in NumericStatistics<T, TSum, TMean> other)
    {
        var (count, sum) = (checked(Count + other.Count), Figures.Sum(Sum, other.Sum));
        TMean? mean = count == 0 ? null : TMean.CreateChecked(sum) / TMean.CreateChecked(count);
        return new(count, sum, Figures.Smaller(Min, other.Min), Figures.Larger(Max, other.Max), mean, Rate: 0);
    }

    NumericStatistics<T, TSum, TMean> IStatistics<NumericStatistics<T, TSum, TMean>>.FilledFrom(in NumericStatistics<T, TSum, TMean> other) =>
        this with { Min = other.Min, Max = other.Max, Mean = other.Mean };
}

/// <summary>Statistics of a Count: the bucket is one number, its total, and each figure is that.</summary>
/// <typeparam name="T"><see cref="long"/>, <see cref="double"/> or <see cref="decimal"/>.</typeparam>
/// <param name="Count">The total; of nothing: 0.</param>
/// <param name="Sum">The total; of nothing: 0.</param>
/// <param name="Min">The total; of nothing: null.</param>
/// <param name="Max">The total; of nothing: null.</param>
/// <param name="Mean">The total; of nothing: null.</param>
/// <param name="Rate">The total per second of the real length.</param>
public readonly record struct TotalStatistics<T>(T Count, T Sum, T? Min, T? Max, T? Mean, double Rate) : IStatistics<TotalStatistics<T>>
    where T : struct, INumber<T>
{
    /// <inheritdoc/>
    public TotalStatistics<T> Over(double seconds) => this with { Rate = double.CreateChecked(Sum) / seconds };

    bool IStatistics<TotalStatistics<T>>.IsEmpty => Mean is null;

    TotalStatistics<T> IStatistics<TotalStatistics<T>>.With(in TotalStatistics<T> other)
    {
        if (Mean is null || other.Mean is null)
        {
            return Mean is null ? other : this;
        }

        var total = Figures.Sum(Sum, other.Sum);
        return new(total, total, total, total, total, Rate: 0);
    }

    TotalStatistics<T> IStatistics<TotalStatistics<T>>.FilledFrom(in TotalStatistics<T> other) =>
        this with { Min = other.Min, Max = other.Max, Mean = other.Mean };
}
