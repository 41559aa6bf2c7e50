using Typed.Generator.Model;
using Typed.Generator.Model.Streams;

namespace Typed.Generator.Emission.Streams;

/// <summary>Emits how the version is written with each event, and how events of earlier versions are read.</summary>
internal static class VersionEmitter
{
    private const string Text = "global::System.Text.Json.JsonEncodedText";

    /// <summary>The method that reads an event of any version.</summary>
    public const string Reader = "Read_version";

    public static void WriteName(SourceWriter writer) =>
        writer.Line($"private static readonly {Text} Name_version = {Text}.Encode({CSharp.Literal(BodyModel.VersionMember)});");

    public static void WriteVersion(SourceWriter writer, BodyModel body) =>
        writer.Line($"writer.Name(Name_version); writer.Value({CSharp.Literal(body.Version)});");

    public static void WriteReader(SourceWriter writer, BodyModel body)
    {
        var newest = CSharp.Literal(body.Version);
        writer.Open($"public static {body.Types[0].Name} {Reader}({ValueEmitter.Reader})");
        writer.Open($"switch ({ValueEmitter.Runtime}BodyReader.Version(reader, {newest}))");
        writer.Line($"case {newest}: return {ValueEmitter.Read(body, 0, mayBeNull: !body.Types[0].IsValueType)};");
        for (var i = 0; i < body.Upcasts.Count; i++)
        {
            var read = $"Read_{CSharp.Literal(body.Upcasts[i].Type)}(ref reader)";
            for (var step = i; step >= 0; step--)
            {
                read = $"{body.Upcasts[step].Method}({read})";
            }

            writer.Line($"case {CSharp.Literal(body.Upcasts[i].Version)}: return {read};");
        }

        writer.Line($"case var version: throw {ValueEmitter.Runtime}BodyReader.UnknownVersion(version, {newest});").Close().Close().Line();
    }
}
