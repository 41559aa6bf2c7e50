using Microsoft.EntityFrameworkCore;

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

    // The entity has the name of the table, as those of series have.
    public static void Map(ModelBuilder model, StreamDefinition stream, Engine engine) => model.SharedTypeEntity(stream.Table, stream.EntityType, entity =>
    {
        entity.Metadata.SetAnnotation(Annotations.Stream, stream.Name);
        ModelColumns.Add(entity, new(Namespace, typeof(string), ColumnKind.Text), engine.Mapping);
        ModelColumns.Add(entity, new(Id, typeof(EventId), ColumnKind.Guid), engine.Mapping);
        ModelColumns.Add(entity, new(Time, typeof(DateTimeOffset), ColumnKind.Instant), engine.Mapping);
        if (!stream.Follow)
        {
            entity.HasKey(Namespace, Id);
        }

        BodyMapping.Map(entity, stream, engine);

        // The version of the class that wrote the event, for upcasting.
        ModelColumns.Add(entity, new(Version, typeof(int), ColumnKind.Int32), engine.Mapping);
        entity.Property(Version).HasDefaultValue(1);
        if (stream.Follow)
        {
            // The order in which transactions committed, which is not the order of ids. A live tail follows it.
            engine.Mapping.MapCommitOrder(entity, [Namespace, Id], Transaction);
            entity.HasIndex(Namespace, Transaction, Id);
        }
    });
}
