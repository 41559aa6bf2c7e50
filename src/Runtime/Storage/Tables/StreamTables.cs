using Typed.Schema;

namespace Typed.Storage.Tables;

/// <summary>The table of a declared event stream.</summary>
internal static class StreamTables
{
    public static TableDefinition Of(StreamDefinition stream, Dialect dialect)
    {
        var order = dialect.CommitOrder;
        TableColumn[] columns =
        [
            .. stream.Follow && order.IsNumbered ? [order] : (TableColumn[])[],
            TableDefinitions.Column(new(StreamColumns.Id, typeof(EventId), ColumnKind.Guid)),
            TableDefinitions.Column(new(StreamColumns.Namespace, typeof(string), ColumnKind.Text)),
            TableDefinitions.Column(new(StreamColumns.Time, typeof(DateTimeOffset), ColumnKind.Instant)),
            .. stream.Follow && !order.IsNumbered ? [order] : (TableColumn[])[],
            TableDefinitions.Column(new(StreamColumns.Version, typeof(int), ColumnKind.Int32)) with { Default = "1" },
            TableDefinitions.Column(new(StreamColumns.Body, stream.BodyType, stream.Body == BodyFormat.Json ? ColumnKind.Json : ColumnKind.Jsonb)),
        ];
        string[] key = [StreamColumns.Namespace, StreamColumns.Id];
        if (!stream.Follow)
        {
            return new(stream.Table, columns, key);
        }

        // Rows that the database numbers are read by their numbers.
        if (order.IsNumbered)
        {
            return new(stream.Table, columns, [StreamColumns.Transaction]) { Indexes = [new(key, IsUnique: true)] };
        }

        var filter = dialect.CommitFilter(Quoting.Name(order.Name));
        return new(stream.Table, columns, key)
        {
            Indexes = [new([StreamColumns.Namespace, StreamColumns.Transaction, StreamColumns.Id]) { Filter = filter }],
        };
    }
}
