using Typed.Generator.Model.Streams;

namespace Typed.Generator.Emission.Streams;

/// <summary>Emits what the events of a stream feed.</summary>
internal static class FeedEmitter
{
    /// <summary>The member of the serializer that holds the feeds.</summary>
    private const string Member = "Feeds";

    public static void WriteMember(SourceWriter writer, StreamModel model)
    {
        var self = model.Type.FullName;
        writer.Line($"public static readonly global::Typed.Generated.Feed<{self}>[] {Member} =").Line("[");
        foreach (var feed in model.Feeds)
        {
            var (before, after) = feed.IsLater ? ("global::Typed.Generated.Feeds.Later(", ")") : ("", "");
            writer.Line($"    {before}global::Typed.Generated.Feeds.{feed.Kind}(")
                .Line($"        static (global::Typed.TypedStore store) => {feed.Series}.In(store), static ({self} value) => {feed.Method}(value)){after},");
        }

        writer.Line("];").Line();
    }

    public static void WriteInterface(SourceWriter writer, StreamModel model)
    {
        var type = $"global::System.Collections.Generic.IReadOnlyList<global::Typed.Generated.Feed<{model.Type.FullName}>>";
        writer.Line().Line($"static {type} global::Typed.Generated.IEventBody<{model.Type.FullName}>.Feeds => {model.Names.Serializer}.{Member};");
    }
}
