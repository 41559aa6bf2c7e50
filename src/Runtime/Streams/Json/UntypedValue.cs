using System.Collections;
using System.Text.Json;

namespace Typed.Streams.Json;

/// <summary>
/// Values of extension data declared as <see cref="object"/>: those that reading gives, and the value types, lists and dictionaries that a program adds.
/// </summary>
internal static class UntypedValue
{
    /// <summary>Writes the value; false where its type is not one of the supported ones and the writer does not stop by itself.</summary>
    public static bool Write<TWriter>(TWriter writer, object? value)
        where TWriter : struct, IBodyWriter
    {
        switch (value)
        {
            case null: writer.Null(); break;
            case JsonElement item: writer.Value(item); break;
            case string item: writer.Value(item); break;
            case bool item: writer.Value(item); break;
            case sbyte item: writer.Value((int)item); break;
            case byte item: writer.Value((int)item); break;
            case short item: writer.Value((int)item); break;
            case ushort item: writer.Value((int)item); break;
            case int item: writer.Value(item); break;
            case uint item: writer.Value(item); break;
            case long item: writer.Value(item); break;
            case ulong item: writer.Value(item); break;
            case float item: writer.Value(item); break;
            case double item: writer.Value(item); break;
            case decimal item: writer.Value(item); break;
            case Guid item: writer.Value(item); break;
            case DateTime item: writer.Value(item); break;
            case DateTimeOffset item: writer.Value(item); break;
            case DateOnly item: writer.Value(item); break;
            case TimeOnly item: writer.Value(item); break;
            case TimeSpan item: writer.Value(item); break;
            case byte[] item: writer.Value(item); break;
            case IEnumerable<KeyValuePair<string, object>> item: return WriteObject(writer, item);
            case IEnumerable item: return WriteArray(writer, item);
            default: return false;
        }

        return true;
    }

    private static bool WriteObject<TWriter>(TWriter writer, IEnumerable<KeyValuePair<string, object>> entries)
        where TWriter : struct, IBodyWriter
    {
        writer.StartObject();
        ExtensionData.Write(writer, entries);
        writer.EndObject();
        return true;
    }

    private static bool WriteArray<TWriter>(TWriter writer, IEnumerable items)
        where TWriter : struct, IBodyWriter
    {
        writer.StartArray();
        foreach (var item in items)
        {
            writer.Untyped(item);
        }

        writer.EndArray();
        return true;
    }
}
