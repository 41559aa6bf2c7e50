using Typed.Schema;

namespace Typed.Hosting;

/// <summary>The handle of a declared type in any store.</summary>
internal abstract class StoreHandle : DeclaredHandle
{
    /// <summary>More types of it, as constructors may ask for them.</summary>
    public IReadOnlyList<Type> OtherTypes { get; init; } = [];

    /// <exception cref="InvalidOperationException">The store does not hold the type.</exception>
    public abstract object In(TypedStore store);

    /// <summary>Removes what is past its retention, and gives the number of rows.</summary>
    public abstract ValueTask<long> ExpireAsync(TypedStore store, CancellationToken cancellationToken);
}
