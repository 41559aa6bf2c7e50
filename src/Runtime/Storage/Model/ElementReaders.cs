using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.Json;

namespace Typed.Storage.Model;

/// <summary>
/// In a compiled model EF finds the mapping of a list's elements without the reader that was chosen for them, and would read the text of an enum as a number.
/// </summary>
internal static class ElementReaders
{
    /// <summary>Gives the elements of a type's lists the readers that were chosen for them.</summary>
    public static void Restore(IComplexType type)
    {
        foreach (var list in type.GetProperties().OfType<RuntimeProperty>())
        {
            if (((IReadOnlyProperty)list).GetElementType() is RuntimeElementType element && element.GetJsonValueReaderWriter() is { } reader
                && element.TypeMapping is { } mapping && mapping.JsonValueReaderWriter?.GetType() != reader.GetType())
            {
                element.TypeMapping = mapping.WithComposedConverter(converter: null, jsonValueReaderWriter: reader);
                list.TypeMapping = list.TypeMapping.WithComposedConverter(
                    converter: null, elementMapping: element.TypeMapping, jsonValueReaderWriter: ReaderOfList(list.TypeMapping, reader));
            }
        }
    }

    private static JsonValueReaderWriter ReaderOfList(CoreTypeMapping list, JsonValueReaderWriter element) =>
        (JsonValueReaderWriter)Activator.CreateInstance(list.JsonValueReaderWriter!.GetType(), element)!;
}
