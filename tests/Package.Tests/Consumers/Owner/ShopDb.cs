using Microsoft.EntityFrameworkCore;

namespace Owner;

internal sealed class ShopDb : OwnerDb
{
    protected override void Use(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=owner.db");
}
