using System.Runtime.CompilerServices;
using Typed.Series.Handles;
using Typed.Time;

namespace Typed;

/// <summary>Joins of one series with another.</summary>
public static class BucketJoinExtensions
{
    /// <summary>
    /// Pairs the buckets of two ranges by their start: errors by requests, this week by last week's budget. A bucket that only one of them has is left out, so
    /// ask both for the same range; empty buckets of a range count.
    /// </summary>
    /// <typeparam name="TLeft">What a bucket of the first range holds.</typeparam>
    /// <typeparam name="TRight">What a bucket of the second range holds.</typeparam>
    /// <typeparam name="T">What a pair becomes.</typeparam>
    /// <param name="left">A range, its statistics, or what was made of it.</param>
    /// <param name="right">The same of another series, on an equal grid.</param>
    /// <param name="join">Makes one value of the two.</param>
    /// <exception cref="ArgumentException">The grids differ: of two ranges here, otherwise at the first bucket.</exception>
    public static IAsyncEnumerable<Bucket<T>> Join<TLeft, TRight, T>(
        this IAsyncEnumerable<Bucket<TLeft>> left, IAsyncEnumerable<Bucket<TRight>> right, Func<TLeft, TRight, T> join)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(join);
        if (left is IOnGrid { Interval: var a } && right is IOnGrid { Interval: var b })
        {
            Check(a, b);
        }

        return Pairs(left, right, join);
    }

    private static async IAsyncEnumerable<Bucket<T>> Pairs<TLeft, TRight, T>(
        IAsyncEnumerable<Bucket<TLeft>> left, IAsyncEnumerable<Bucket<TRight>> right, Func<TLeft, TRight, T> join,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var ours = left.GetAsyncEnumerator(cancellationToken);
        await using var ownOurs = ours.ConfigureAwait(false);
        var theirs = right.GetAsyncEnumerator(cancellationToken);
        await using var ownTheirs = theirs.ConfigureAwait(false);
        var more = await ours.MoveNextAsync().ConfigureAwait(false) && await theirs.MoveNextAsync().ConfigureAwait(false);
        if (more)
        {
            Check(ours.Current.Interval, theirs.Current.Interval);
        }

        while (more)
        {
            var order = ours.Current.StartInstant.CompareTo(theirs.Current.StartInstant);
            if (order == 0)
            {
                yield return ours.Current.With(join(ours.Current.Value, theirs.Current.Value));
            }

            more = (order > 0 || await ours.MoveNextAsync().ConfigureAwait(false)) && (order < 0 || await theirs.MoveNextAsync().ConfigureAwait(false));
        }
    }

    private static void Check(Interval left, Interval right)
    {
        // Equal grids are one object.
        if (!ReferenceEquals(left.Step, right.Step))
        {
            throw new ArgumentException(
                $"The grids differ: '{left}' and '{right}'. Buckets are joined by their start; "
                    + "choose intervals of one step and zone, or Resample the finer one.",
                nameof(right));
        }
    }
}
