using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;
using Typed.Linq;
using Typed.Storage;

namespace Typed.Postgres.Linq;

/// <summary>The part of the PostgreSQL engine that translates LINQ.</summary>
internal sealed class PostgresQueries : QueryEngine
{
    public static readonly PostgresQueries Instance = new();

    public override ValueForms Forms { get; } = new PostgresForms();

    public override BodyConverters Converters => PostgresMapping.Instance.Bodies;

    public override bool AddsTimes => true;

    // Npgsql searches for the text, for which there may be an index. For these types to_jsonb makes another text than the serializer.
    public override ListSearch SearchOf(Type element)
    {
        var type = Nullable.GetUnderlyingType(element) ?? element;
        return type.IsEnum || type == typeof(char) || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(TimeOnly)
            || type == typeof(TimeSpan)
            ? ListSearch.ByValue
            : type == element && type.IsValueType ? ListSearch.ByProvider
            : ListSearch.ByTextOrNull;
    }

    public override void AddServices(EntityFrameworkRelationalServicesBuilder services) => services
        .TryAdd<IMemberTranslatorPlugin, PostgresInstantMembers>()
        .TryAdd<IMethodCallTranslatorPlugin, PostgresInstantMethods>()
        .TryAdd<IMethodCallTranslatorPlugin, PostgresBucketMethod>()
        .TryAdd<IRelationalTypeMappingSourcePlugin, PostgresJsonMappings>();
}
