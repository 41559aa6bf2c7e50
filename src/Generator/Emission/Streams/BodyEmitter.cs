using Typed.Generator.Model.Streams;

namespace Typed.Generator.Emission.Streams;

/// <summary>Emits the serializer: for every type that the body reaches a method that writes it and one that reads it.</summary>
internal static class BodyEmitter
{
    public static void Write(SourceWriter writer, BodyModel body, string naming)
    {
        for (var i = 0; i < body.Types.Count; i++)
        {
            var type = body.Types[i];
            switch (type.Kind)
            {
                case BodyKind.Enum:
                    EnumEmitter.Write(writer, i, type);
                    break;
                case BodyKind.Object:
                    ObjectWriterEmitter.Write(writer, body, i);
                    ObjectReaderEmitter.Write(writer, body, i);
                    AccessorEmitter.Write(writer, i, type.Object!);
                    break;
                case BodyKind.List:
                    ListEmitter.Write(writer, body, i);
                    break;
                case BodyKind.Converted:
                    ConverterEmitter.Write(writer, i, type, naming);
                    break;
                case BodyKind.Union:
                    UnionEmitter.Write(writer, body, i);
                    break;
                case BodyKind.Map:
                    MapEmitter.Write(writer, body, i);
                    break;
            }
        }
    }
}
