using Microsoft.CodeAnalysis.Text;
using Typed.Generator.Model;
using Typed.Generator.Model.Streams;
using Typed.Generator.Shapes.Streams;
using Typed.Schema.Json;

namespace Typed.Generator.Emission.Streams;

/// <summary>Emits the file of one declared stream: the partial class with its serializer, its schema and what its attribute says.</summary>
internal static class StreamEmitter
{
    /// <summary>The stream as an entry of its assembly's module.</summary>
    public static ModuleEntry Entry(StreamModel model) => new(
        $"global::Typed.Generated.Declarations.{(model.Follow ? "FollowedStream" : "Stream")}<{model.Type.FullName}>()", model.Type.Suppressions);

    public static SourceText Emit(StreamModel model)
    {
        var face = model.Follow ? "IFollowedEventBody" : "IEventBody";
        return PartialTypeWriter.Write(model.Type, $"global::Typed.Generated.{face}<{model.Type.FullName}>", body =>
        {
            // CS0108: a class and one that derives from it may both be streams.
            body.Line("#pragma warning disable CS0108");
            var schema = JsonSchemaText.Write(SchemaBuilder.Build(model.Body));
            if (model.Names.Schema is { } constant)
            {
                body.Line(
                    $"/// <summary>JSON Schema 2020-12 of the events of the stream <c>{CSharp.Xml(model.Name)}</c>, as inference would give it; "
                    + "a recursive type, and in a very large schema every type, is written out once and referred to.</summary>");
                body.Line($"public const string {constant} = {CSharp.Literal(schema)};").Line();
            }

            WriteEntry(body, model);
            WriteInterface(body, model);
            if (model.Feeds.Count > 0)
            {
                FeedEmitter.WriteInterface(body, model);
            }

            // The serializer stands inside the declared class, so that it sees what the class sees. It is obsolete, since only obsolete code may use what is
            // obsolete as an error, which old events may still hold.
            body.Line().Line("[global::System.Obsolete]");
            body.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
            body.Block($"private static class {model.Names.Serializer}", serializer =>
            {
                WriteInfo(serializer, model, model.Names.Schema ?? CSharp.Literal(schema));
                if (model.Feeds.Count > 0)
                {
                    FeedEmitter.WriteMember(serializer, model);
                }

                serializer.Line($"public static global::System.DateTimeOffset? Time({model.Type.FullName} value) => {Time(model.Time)};").Line();
                BodyEmitter.Write(serializer, model.Body, model.Naming);
                if (model.Body.IsVersioned)
                {
                    VersionEmitter.WriteReader(serializer, model.Body);
                }

                ShapeEmitter.Write(serializer, model.Body);
            });
        });
    }

    private static void WriteEntry(SourceWriter writer, StreamModel model)
    {
        var (self, entry) = (model.Type.FullName, model.Names.Entry);
        var (handle, open, uses) = model.Follow ? ("FollowedStream", "Followed", "put events, read ranges of them, and follow it")
            : ("EventStream", "In", "put events, and read ranges of them");
        writer.Line($"""
            /// <summary>The stream in a store: {uses}.</summary>
            /// <param name="store">An open store.</param>
            /// <param name="streamNamespace">The namespace: 1 to 200 letters, digits, underscores, dots and hyphens of ASCII.</param>
            /// <exception cref="global::System.ArgumentException">The namespace is outside its grammar.</exception>
            /// <exception cref="global::System.InvalidOperationException">The store does not hold this type.</exception>
            /// <exception cref="global::System.ObjectDisposedException">The store is disposed.</exception>
            public static global::Typed.{handle}<{self}> {entry}(global::Typed.TypedStore store, string streamNamespace = "default") => global::Typed.Generated.EventStreams.{open}<{self}>(store, streamNamespace);

            /// <summary>The stream in the connection and transaction of a context that maps it, and LINQ over its events.</summary>
            /// <param name="context">A store's context, or the application's own with <c>modelBuilder.AddTyped()</c>.</param>
            /// <param name="streamNamespace">The namespace: 1 to 200 letters, digits, underscores, dots and hyphens of ASCII.</param>
            /// <exception cref="global::System.ArgumentException">The namespace is outside its grammar.</exception>
            /// <exception cref="global::System.InvalidOperationException">The context's model does not map this type.</exception>
            {CSharp.NeedsLinq}
            public static global::Typed.QueryableEventStream<{self}> {entry}(global::Microsoft.EntityFrameworkCore.DbContext context, string streamNamespace = "default") => global::Typed.Generated.EventStreams.In<{self}>(context, streamNamespace);

            """);
    }

    private static void WriteInfo(SourceWriter writer, StreamModel model, string schema)
    {
        writer.Line($"public static readonly global::Typed.Generated.EventStreamInfo Stream = new({CSharp.Literal(model.Name)}, {schema})").Line("{");
        writer.Line($"    Retain = {(model.RetainTicks is { } ticks ? $"global::System.TimeSpan.FromTicks({CSharp.Literal(ticks)})" : "null")},");
        writer.Line($"    Naming = global::Typed.JsonNaming.{model.Naming},");
        writer.Line($"    Body = global::Typed.BodyFormat.{model.Format},");
        writer.Line($"    Follow = {CSharp.Literal(model.Follow)},");
        if (Enums(model.Body) is { } enums)
        {
            writer.Line($"    Enums = {CSharp.Literal(enums)},");
        }

        writer.Line($"    HasTime = {CSharp.Literal(model.Time is not null)},");
        writer.Line("};").Line();
    }

    private static string? Enums(BodyModel body) =>
        body.Types.Any(type => type.Kind == BodyKind.Enum) && EnumPlaces.Of(SchemaBuilder.Build(body, annotates: true)) is { } places
            ? EnumPlaces.Write(places) : null;

    private static void WriteInterface(SourceWriter writer, StreamModel model)
    {
        var (self, serializer) = (model.Type.FullName, model.Names.Serializer);
        var face = $"global::Typed.Generated.IEventBody<{self}>";
        var root = model.Body.IsVersioned ? $"{serializer}.{VersionEmitter.Reader}(ref reader)"
            : ValueEmitter.Read(model.Body, 0, mayBeNull: !model.Type.IsValueType).Replace("Read_0", serializer + ".Read_0");
        writer.Line($"static global::Typed.Generated.EventStreamInfo {face}.Stream => {serializer}.Stream;").Line();
        writer.Line($"static global::Typed.Generated.BodyShape {face}.Shape => {serializer}.Shape_0;").Line();
        writer.Line($"static void {face}.Write<TWriter>(TWriter writer, {self} value) => {serializer}.Write_0(writer, value);").Line();
        writer.Line($"static {self} {face}.Read(ref global::System.Text.Json.Utf8JsonReader reader) => {root};\n");
        writer.Line($"static global::System.DateTimeOffset? {face}.TimeOf({self} value) => {serializer}.Time(value);");
    }

    private static string Time(TimeModel? time)
    {
        if (time is null)
        {
            return "null";
        }

        var member = $"value.{CSharp.Identifier(time.Name)}";
        return !time.IsDateTime ? member
            : time.IsNullable ? $"{member} is {{ }} time ? {Utc("time")} : null"
            : Utc(member);
    }

    // A time that is not in UTC is refused when the body is written, so its kind is not checked here.
    private static string Utc(string value) =>
        $"new global::System.DateTimeOffset(global::System.DateTime.SpecifyKind({value}, global::System.DateTimeKind.Utc))";
}
