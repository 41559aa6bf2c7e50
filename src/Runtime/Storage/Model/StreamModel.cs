using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Typed.Generated;

namespace Typed.Storage.Model;

/// <summary>Maps declared event streams into an EF model: one table each.</summary>
internal static class StreamModel
{
    public const string Namespace = "Namespace";
    public const string Id = "Id";
    public const string Time = "Time";
    public const string Body = "Body";
    public const string Version = "Version";
    public const string Transaction = "Tx";

    // Named as the table is to be, as the entities of series are.
    public static void Map(ModelBuilder model, StreamDefinition stream, DatabaseKind database) => model.SharedTypeEntity(stream.Table, stream.EntityType, entity =>
    {
        entity.Metadata.SetAnnotation(Annotations.Stream, stream.Name);
        ModelColumns.Add(entity, new(Namespace, typeof(string), ColumnKind.Text), database);
        ModelColumns.Add(entity, new(Id, typeof(Guid), ColumnKind.Guid), database);
        ModelColumns.Add(entity, new(Time, typeof(DateTimeOffset), ColumnKind.Instant), database);
        entity.HasKey(Namespace, Id);
        BodyMapping.Map(entity, stream, database);

        // The version of the class that wrote the event, for upcasting.
        ModelColumns.Add(entity, new(Version, typeof(int), ColumnKind.Int32), database);
        entity.Property(Version).HasDefaultValue(1);
        if (stream.Follow)
        {
            MapCommitOrder(entity, database);
        }
    });

    /// <summary>The order in which transactions committed, which is not the order of ids: what a live tail goes by.</summary>
    private static void MapCommitOrder(EntityTypeBuilder entity, DatabaseKind database)
    {
        if (database == DatabaseKind.Postgres)
        {
            var transaction = entity.Property<ulong>(Transaction);
            ModelColumns.Only(transaction.Metadata, converter: null);
            transaction.HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()");
            ((IConventionProperty)transaction.Metadata).Builder.HasColumnName("tx");
        }
        else
        {
            ModelColumns.Add(entity, new(Transaction, typeof(long), ColumnKind.Int64), database);
        }

        entity.HasIndex(Namespace, Transaction, Id);
    }
}
