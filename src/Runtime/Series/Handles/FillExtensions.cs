using System.Numerics;
using Typed.Series;
using Typed.Series.Handles;

namespace Typed;

/// <summary>
/// Fills gaps: the empty buckets of a Gauge, or of whatever was made of buckets and may be null. Those before the first value stay empty, and with
/// <see cref="Fill.Linear"/> those after the last one.
/// </summary>
public static class FillExtensions
{
    /// <summary>Gives an empty bucket the value of the one before it.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <param name="buckets">A range of a Gauge, or values made of one.</param>
    /// <param name="how"><see cref="Fill.Previous"/>.</param>
    public static IAsyncEnumerable<Bucket<T?>> Fill<T>(this IAsyncEnumerable<Bucket<T?>> buckets, FillPrevious how)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(buckets);
        return Gaps.FromBefore(buckets, static value => value is null, static (_, before) => before);
    }

    /// <summary>
    /// Gives an empty bucket the value on the straight line between those around it, by their starts; an integer rounded half away from zero.
    /// </summary>
    /// <typeparam name="T">A number.</typeparam>
    /// <param name="buckets">A range of a Gauge, or values made of one.</param>
    /// <param name="how"><see cref="Fill.Linear"/>.</param>
    public static IAsyncEnumerable<Bucket<T?>> Fill<T>(this IAsyncEnumerable<Bucket<T?>> buckets, FillLinear how)
        where T : struct, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(buckets);
        return Gaps.FromBothSides(
            buckets,
            static value => value is null,
            static (_, before, after, place) => Figures.Between(before.GetValueOrDefault(), after.GetValueOrDefault(), place.Part, place.Whole));
    }

    /// <summary>Gives an empty bucket after the first value a value.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <param name="buckets">A range of a Gauge, or values made of one.</param>
    /// <param name="value">The value.</param>
    public static IAsyncEnumerable<Bucket<T?>> Fill<T>(this IAsyncEnumerable<Bucket<T?>> buckets, T value)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(buckets);
        return Gaps.FromBefore(buckets, static held => held is null, (_, _) => value);
    }
}

/// <summary>Fills gaps of Gauges of text and bytes; those before the first value stay empty.</summary>
public static class ReferenceFillExtensions
{
    /// <inheritdoc cref="FillExtensions.Fill{T}(IAsyncEnumerable{Bucket{T?}}, FillPrevious)"/>
    public static IAsyncEnumerable<Bucket<T?>> Fill<T>(this IAsyncEnumerable<Bucket<T?>> buckets, FillPrevious how)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(buckets);
        return Gaps.FromBefore(buckets, static value => value is null, static (_, before) => before);
    }

    /// <inheritdoc cref="FillExtensions.Fill{T}(IAsyncEnumerable{Bucket{T?}}, T)"/>
    public static IAsyncEnumerable<Bucket<T?>> Fill<T>(this IAsyncEnumerable<Bucket<T?>> buckets, T value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(buckets);
        ArgumentNullException.ThrowIfNull(value);
        return Gaps.FromBefore(buckets, static held => held is null, (_, _) => value);
    }
}
