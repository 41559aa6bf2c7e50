using Microsoft.EntityFrameworkCore;
using Typed;

namespace Owner;

internal abstract class OwnerDb : DbContext
{
    public DbSet<Shop> Shops => Set<Shop>();

    protected abstract void Use(DbContextOptionsBuilder options);

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        Use(optionsBuilder);
        optionsBuilder.UseTyped();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTyped();
}
