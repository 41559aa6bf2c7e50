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
        WriteColumn space = new(BareColumn(StreamModel.Namespace), ColumnKind.Text, IsShared: true);
        WriteColumn id = new(BareColumn(StreamModel.Id), ColumnKind.Guid);
        WriteColumn time = new(BareColumn(StreamModel.Time), ColumnKind.Instant);
        WriteColumn json = new(body, stream.Body == BodyFormat.Json ? ColumnKind.Json : ColumnKind.Jsonb);
        Write = new(Schema, Name, [space, id, time, json], WriteConflict.Ignore)
        {
            Key = [space.Name, id.Name],
            CommitOrder = FindColumn(StreamModel.Transaction),
        };
    }

    public override WriteTable Write { get; }

    public StreamDefinition Stream { get; }

    public string Namespace { get; }

    public string Id { get; }

    public string Body { get; }
}
