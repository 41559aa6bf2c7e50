using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Typed.Schema;

namespace Typed;

/// <summary>A store's EF Core context. Made by <c>TypedStore.CreateDbContext()</c>, for LINQ over series and streams.</summary>
public sealed class TypedDbContext : DbContext
{
    internal TypedDbContext(
        DbContextOptions options, DeclarationSet declarations, TimeProvider clock, int maxEventBytes, bool isReadOnly, bool isFollowed)
        : base(options) =>
        (Declarations, Clock, MaxEventBytes, IsReadOnly, IsFollowed) = (declarations, clock, maxEventBytes, isReadOnly, isFollowed);

    internal DeclarationSet Declarations { get; }

    internal TimeProvider Clock { get; }

    internal int MaxEventBytes { get; }

    internal bool IsReadOnly { get; }

    /// <summary>Whether the store holds a stream that can be followed.</summary>
    internal bool IsFollowed { get; }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        Storage.Model.ModelMapping.MapStore(modelBuilder, Declarations, EngineRegistry.Find(this), IsFollowed);
    }

    /// <summary>Contexts of stores with different declared types have different models.</summary>
    internal sealed class ModelKey : IModelCacheKeyFactory
    {
        /// <inheritdoc/>
        public object Create(DbContext context, bool designTime)
        {
            var own = context as TypedDbContext;
            return (context.GetType(), own?.Declarations, own?.IsFollowed, designTime);
        }
    }
}
