using Typed.Consuming.Feeding;
using Typed.Schema;
using Typed.Streams.Following;
using Typed.Streams.Rebuilding;
using Typed.Writing;

namespace Typed.Hosting;

/// <summary>The handle of a declared type in any store.</summary>
internal abstract class StoreHandle : DeclaredHandle
{
    /// <summary>More types of it, as constructors may ask for them.</summary>
    public IReadOnlyList<Type> OtherTypes { get; init; } = [];

    /// <exception cref="InvalidOperationException">The store does not hold the type.</exception>
    public abstract object In(TypedStore store);

    /// <summary>Where its posted items go.</summary>
    /// <param name="scope">The store's scope; it may be closing.</param>
    /// <param name="tables">The store's tables.</param>
    /// <param name="streamNamespace">The namespace of a stream.</param>
    /// <param name="isGiven">Whether it is for events whose ids were given.</param>
    public abstract ISpooledLane Lane(StoreScope scope, ModelTables tables, string streamNamespace, bool isGiven);

    /// <summary>What of a stream feeds a series with its events, to rebuild it; null: nothing, or it is no stream.</summary>
    /// <param name="tables">The store's tables.</param>
    /// <param name="series">The series.</param>
    /// <param name="staged">The tables in which the series is made anew.</param>
    public virtual RebuildSource? SourceOf(ModelTables tables, SeriesDefinition series, ModelTables staged) => null;

    /// <summary>The stream that feeds a series later; null: it does not.</summary>
    public virtual StreamDefinition? FeedsLater(SeriesDefinition series) => null;

    /// <summary>Whether it feeds series of the store after its events.</summary>
    /// <param name="holds">Whether the store holds a declared type.</param>
    public virtual bool FeedsLater(Func<Type, bool> holds) => false;

    /// <summary>What feeds series of the store after its events; null where it feeds none so.</summary>
    /// <param name="scope">The store's scope.</param>
    /// <param name="tables">The store's tables.</param>
    /// <param name="following">What its followers share.</param>
    /// <param name="positions">The positions of its consumers.</param>
    /// <param name="holds">Whether the store holds a declared type.</param>
    public virtual LateFeeder? NewFeeder(
        StoreScope scope, ModelTables tables, StoreFollowing following, StoreConsumers positions, Func<Type, bool> holds) => null;

    /// <summary>Removes what is past its retention, and gives the number of rows.</summary>
    public abstract ValueTask<long> ExpireAsync(TypedStore store, CancellationToken cancellationToken);
}
