using Microsoft.EntityFrameworkCore;
using Typed.Schema;
using Typed.Storage.Tables;

namespace Typed.Storage.Model;

/// <summary>Maps declared event streams into an EF model: one table each.</summary>
internal static class StreamModel
{
    // The entity has the name of the table, as those of series have.
    public static void Map(ModelBuilder model, StreamDefinition stream, Engine engine) => model.SharedTypeEntity(stream.Table, stream.EntityType, entity =>
    {
        var table = StreamTables.Of(stream, engine.Dialect);
        entity.Metadata.SetAnnotation(Annotations.Stream, stream.Name);
        ModelColumns.Add(entity, table[StreamColumns.Namespace], engine.Mapping);
        ModelColumns.Add(entity, table[StreamColumns.Id], engine.Mapping);
        ModelColumns.Add(entity, table[StreamColumns.Time], engine.Mapping);
        BodyMapping.Map(entity, stream, table[StreamColumns.Body].Name, engine);
        ModelColumns.Add(entity, table[StreamColumns.Version], engine.Mapping);
        entity.Property(StreamColumns.Version).HasDefaultValue(1);
        if (stream.Follow)
        {
            engine.Mapping.MapCommitOrder(entity, table[StreamColumns.Transaction]);
        }

        entity.HasKey([.. table.Key]);
        foreach (var index in table.Indexes)
        {
            entity.HasIndex([.. index.Members]).IsUnique(index.IsUnique);
        }
    });
}
