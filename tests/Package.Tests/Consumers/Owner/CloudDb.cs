using Microsoft.EntityFrameworkCore;

namespace Owner;

internal sealed class CloudDb : OwnerDb
{
    protected override void Use(DbContextOptionsBuilder options) => options.UseNpgsql(Environment.GetEnvironmentVariable("DATABASE"));
}
