using Typed.Schema;

namespace Typed.Storage.Tables;

/// <summary>The table of a declared event stream.</summary>
internal static class StreamTables
{
    public static TableDefinition Of(StreamDefinition stream, Dialect dialect)
    {
        TableColumn[] columns =
        [
            TableDefinitions.Column(new(StreamColumns.Id, typeof(EventId), ColumnKind.Guid)),
            TableDefinitions.Column(new(StreamColumns.Namespace, typeof(string), ColumnKind.Text)),
            TableDefinitions.Column(new(StreamColumns.Time, typeof(DateTimeOffset), ColumnKind.Instant)),
            .. stream.Follow ? [dialect.CommitOrder] : (TableColumn[])[],
            TableDefinitions.Column(new(StreamColumns.Version, typeof(int), ColumnKind.Int32)) with { Default = "1" },
            TableDefinitions.Column(new(StreamColumns.Body, stream.BodyType, stream.Body == BodyFormat.Json ? ColumnKind.Json : ColumnKind.Jsonb)),
        ];
        return new(stream.Table, columns, [StreamColumns.Namespace, StreamColumns.Id])
        {
            Index = stream.Follow ? [StreamColumns.Namespace, StreamColumns.Transaction, StreamColumns.Id] : [],
        };
    }
}
