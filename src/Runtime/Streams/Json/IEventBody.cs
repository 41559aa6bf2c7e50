using System.Text.Json;

namespace Typed.Generated;

/// <summary>What emitted code knows about a declared class: its JSON and its stream. Not for use in hand-written code.</summary>
/// <typeparam name="TSelf">The declared class.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IEventBody<TSelf>
    where TSelf : IEventBody<TSelf>
{
    /// <summary>What the declaration says about the stream.</summary>
    static abstract EventStreamInfo Stream { get; }

    /// <summary>The members of the body as queries see them.</summary>
    static abstract BodyShape Shape { get; }

    /// <summary>
    /// Walks the body. One emitted walk serves two writers: the one that writes JSON, and on a refusal the one that finds the member;
    /// both are structs, so that the compiler specialises the walk and writing pays nothing for the other.
    /// </summary>
    static abstract void Write<TWriter>(TWriter writer, TSelf value)
        where TWriter : struct, IBodyWriter;

    /// <summary>Reads the value whose first token <paramref name="reader"/> stands on, up to its last token. A null text gives null.</summary>
    static abstract TSelf Read(ref Utf8JsonReader reader);

    /// <summary>The time that the body itself holds; null where it holds none.</summary>
    static abstract DateTimeOffset? TimeOf(TSelf value);

    /// <summary>The series that the events feed.</summary>
    static virtual IReadOnlyList<Feed<TSelf>> Feeds => [];
}
