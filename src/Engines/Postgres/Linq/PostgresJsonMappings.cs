using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Typed.Postgres.Linq;

/// <summary>
/// Objects in a column of <c>json</c>, which Npgsql takes for a text or document that is mapped as such, and cannot read: those of <c>jsonb</c> it can.
/// </summary>
#pragma warning disable CA1812 // EF Core makes it.
internal sealed class PostgresJsonMappings(IServiceProvider services) : IRelationalTypeMappingSourcePlugin
#pragma warning restore CA1812
{
    // The source that finds the other mapping asks this one, too: it is not there yet when this one is made.
    public RelationalTypeMapping? FindMapping(in RelationalTypeMappingInfo mappingInfo) =>
        mappingInfo.ClrType == typeof(JsonTypePlaceholder) && string.Equals(mappingInfo.StoreTypeName, "json", StringComparison.Ordinal)
            ? services.GetRequiredService<IRelationalTypeMappingSource>().FindMapping(typeof(JsonTypePlaceholder))!.WithStoreTypeAndSize("json", size: null)
            : null;
}
