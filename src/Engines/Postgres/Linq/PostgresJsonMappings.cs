#pragma warning disable EF1001 // Npgsql has the mapping, and does not find it.
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql.EntityFrameworkCore.PostgreSQL.Storage.Internal.Mapping;

namespace Typed.Postgres.Linq;

/// <summary>Objects in a column of <c>json</c>, which Npgsql takes for a text or document that is mapped as such, and cannot read: those of <c>jsonb</c> it can.</summary>
#pragma warning disable CA1812 // EF Core makes it.
internal sealed class PostgresJsonMappings : IRelationalTypeMappingSourcePlugin
#pragma warning restore CA1812
{
    private static readonly NpgsqlStructuralJsonTypeMapping s_json = new("json");

    public RelationalTypeMapping? FindMapping(in RelationalTypeMappingInfo mappingInfo) =>
        mappingInfo.ClrType == typeof(JsonTypePlaceholder) && string.Equals(mappingInfo.StoreTypeName, "json", StringComparison.Ordinal) ? s_json : null;
}
