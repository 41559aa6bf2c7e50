using Microsoft.EntityFrameworkCore;
using Typed;

namespace Owner;

internal sealed class ShopDb : DbContext
{
    public DbSet<Shop> Shops => Set<Shop>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSqlite("Data Source=owner.db").UseTyped();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTyped();
}
