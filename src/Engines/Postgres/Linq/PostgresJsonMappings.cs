using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Typed.Postgres.Linq;

/// <summary>Maps objects in a column of <c>json</c>, which Npgsql takes for texts or documents and cannot read. It can read those in <c>jsonb</c>.</summary>
#pragma warning disable CA1812 // EF Core makes it.
internal sealed class PostgresJsonMappings(IServiceProvider services) : IRelationalTypeMappingSourcePlugin
#pragma warning restore CA1812
{
    // The source is looked up late: it asks all plugins, this one included, and does not exist yet when this one is made.
    public RelationalTypeMapping? FindMapping(in RelationalTypeMappingInfo mappingInfo) =>
        mappingInfo.ClrType == typeof(JsonTypePlaceholder) && string.Equals(mappingInfo.StoreTypeName, "json", StringComparison.Ordinal)
            ? services.GetRequiredService<IRelationalTypeMappingSource>().FindMapping(typeof(JsonTypePlaceholder))!.WithStoreTypeAndSize("json", size: null)
            : null;
}
