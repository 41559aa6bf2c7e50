using Microsoft.EntityFrameworkCore.Metadata;
using Typed.Generated;
using Typed.Storage.Model;

namespace Typed.Storage.Tables;

/// <summary>The table of an event stream.</summary>
internal sealed class StreamTable : MappedTable
{
    public StreamTable(IModel model, Dialect dialect, StreamDefinition stream)
        : base(model, dialect, stream.Table, stream.EntityType, stream.BodyType)
    {
        Stream = stream;
        Namespace = Column(StreamModel.Namespace);
        Id = Column(StreamModel.Id);
        Time = Column(StreamModel.Time);
        Body = Quoting.Name(BodyMapping.ColumnOf(model, stream));
        Transaction = Find(StreamModel.Transaction);
    }

    public StreamDefinition Stream { get; }

    public string Namespace { get; }

    public string Id { get; }

    public string Time { get; }

    public string Body { get; }

    /// <summary>Null where the stream has no commit order.</summary>
    public string? Transaction { get; }
}
