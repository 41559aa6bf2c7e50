using Typed.Schema;

namespace Typed.Generated;

/// <summary>A declared event stream as data: what the EF model, the catalog and the statements are made from.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StreamDefinition
{
    internal StreamDefinition(Type bodyType, Type entityType, string name, JsonNaming naming, BodyFormat body, bool follow, BodyShape shape) =>
        (BodyType, EntityType, Name, Naming, Body, Follow, Shape) = (bodyType, entityType, name, naming, body, follow, shape);

    /// <summary>The declared type.</summary>
    public Type BodyType { get; }

    /// <summary>The entity that LINQ queries see.</summary>
    public Type EntityType { get; }

    /// <summary>The stream's name.</summary>
    public string Name { get; }

    /// <summary>How members are named in JSON.</summary>
    public JsonNaming Naming { get; }

    /// <summary>How bodies are stored.</summary>
    public BodyFormat Body { get; }

    /// <summary>Whether it has a commit order.</summary>
    public bool Follow { get; }

    /// <summary>The body's members as queries see them.</summary>
    public BodyShape Shape { get; }

    /// <summary>After which time events are removed; null: never. Not part of the layout.</summary>
    internal TimeSpan? Retain { get; init; }

    /// <summary>The places of its enums; null: it has none. Not part of the layout.</summary>
    internal string? Enums { get; init; }

    internal string Table => Names.Stream(Name);
}

/// <summary>A declared event stream.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StreamDeclaration : Declaration
{
    internal StreamDeclaration(StreamDefinition definition)
        : base(definition.BodyType) => Definition = definition;

    /// <summary>The declaration as data.</summary>
    public StreamDefinition Definition { get; }
}
