using Typed.Schema;

namespace Typed.Storage.Tables;

/// <summary>The table of a declared event stream.</summary>
internal static class StreamTables
{
    public static TableDefinition Of(StreamDefinition stream, Dialect dialect)
    {
        List<TableColumn> columns =
        [
            TableDefinitions.Column(new(StreamColumns.Namespace, typeof(string), ColumnKind.Text)),
            TableDefinitions.Column(new(StreamColumns.Id, typeof(EventId), ColumnKind.Guid)),
            TableDefinitions.Column(new(StreamColumns.Time, typeof(DateTimeOffset), ColumnKind.Instant)),
            TableDefinitions.Column(new(StreamColumns.Body, stream.BodyType, stream.Body == BodyFormat.Json ? ColumnKind.Json : ColumnKind.Jsonb)),
            TableDefinitions.Column(new(StreamColumns.Version, typeof(int), ColumnKind.Int32)) with { Default = "1" },
        ];
        TableDefinition table = new(stream.Table, columns, [StreamColumns.Namespace, StreamColumns.Id]);
        return stream.Follow
            ? table with
            {
                Columns = [.. columns, dialect.CommitOrder],
                Index = [StreamColumns.Namespace, StreamColumns.Transaction, StreamColumns.Id],
            }
            : table;
    }
}
