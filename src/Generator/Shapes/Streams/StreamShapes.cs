using Typed.Generator.Model.Streams;
using Typed.Schema.Json;
using Typed.Schema.Shapes;

namespace Typed.Generator.Shapes.Streams;

/// <summary>A declared stream as it is compared with what is stored, and as the schema file has it.</summary>
internal static class StreamShapes
{
    public static StreamShape Of(StreamModel model) =>
        new(model.Name, model.Naming, JsonSchemaText.Write(SchemaBuilder.Build(model.Body, annotates: true)));
}
