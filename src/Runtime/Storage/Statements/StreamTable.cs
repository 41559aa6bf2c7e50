using Microsoft.EntityFrameworkCore.Metadata;
using Typed.Storage.Model;

namespace Typed.Storage.Statements;

/// <summary>The table of an event stream.</summary>
internal sealed class StreamTable : MappedTable
{
    public StreamTable(IModel model, Dialect dialect, StreamDefinition stream)
        : base(model, dialect, stream.Table, stream.EntityType, stream.BodyType)
    {
        Stream = stream;
        Namespace = Column(StreamModel.Namespace);
        Id = Column(StreamModel.Id);
        var body = BodyMapping.ColumnOf(model, stream);
        Body = Quoting.Name(body);
        Followed = FindColumn(StreamModel.Transaction) is { } order ? new(Sql, Name, Namespace, Id, Body, Quoting.Name(order)) : null;
        WriteColumn space = new(BareColumn(StreamModel.Namespace), ColumnKind.Text, IsShared: true);
        WriteColumn id = new(BareColumn(StreamModel.Id), ColumnKind.Guid);
        WriteColumn time = new(BareColumn(StreamModel.Time), ColumnKind.Instant);
        WriteColumn json = new(body, stream.Body == BodyFormat.Json ? ColumnKind.Json : ColumnKind.Jsonb);
        Write = Table(WriteConflict.Ignore);
        Given = Table(WriteConflict.Same);

        WriteTable Table(WriteConflict conflict) => new(Schema, Name, [space, id, time, json], conflict)
        {
            Key = [space.Name, id.Name],
            Deciding = json,
            CommitOrder = FindColumn(StreamModel.Transaction),
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
