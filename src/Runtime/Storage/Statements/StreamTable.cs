using Typed.Schema;

namespace Typed.Storage.Statements;

/// <summary>The table of an event stream.</summary>
internal sealed class StreamTable : NamedTable
{
    public StreamTable(TableDefinition table, Dialect dialect, StreamDefinition stream)
        : base(table, dialect)
    {
        Stream = stream;
        Namespace = Column(StreamColumns.Namespace);
        Id = Column(StreamColumns.Id);
        var body = BareColumn(StreamColumns.Body);
        Body = Quoting.Name(body);
        Followed = FindColumn(StreamColumns.Transaction) is { } order
            ? new(Sql, Name, Namespace, Id, Body, Quoting.Name(order)) { Schema = Schema, IsOfModel = table.IsOfModel }
            : null;
        WriteColumn space = new(BareColumn(StreamColumns.Namespace), ColumnKind.Text, IsShared: true);
        WriteColumn id = new(BareColumn(StreamColumns.Id), ColumnKind.Guid);
        WriteColumn time = new(BareColumn(StreamColumns.Time), ColumnKind.Instant);
        WriteColumn json = new(body, stream.Body == BodyFormat.Json ? ColumnKind.Json : ColumnKind.Jsonb);
        Write = Table(WriteConflict.Ignore);
        Given = Table(WriteConflict.Same);

        WriteTable Table(WriteConflict conflict) => new(Schema, Name, [space, id, time, json], conflict)
        {
            Key = [space.Name, id.Name],
            Deciding = json,
            CommitOrder = FindColumn(StreamColumns.Transaction),
            IsOfModel = table.IsOfModel,
        };
    }

    /// <summary>For events whose ids were drawn, so that no other event has them.</summary>
    public override WriteTable Write { get; }

    /// <summary>For events whose ids were given.</summary>
    public WriteTable Given { get; }

    public StreamDefinition Stream { get; }

    public string Namespace { get; }

    public string Id { get; }

    public string Body { get; }

    /// <summary>What following it needs; null where the stream has no commit order.</summary>
    public FollowedTable? Followed { get; }
}
