using System.Text.Json;

namespace Typed.Generated;

/// <summary>Members that a class does not declare but keeps.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ExtensionData
{
    /// <summary>Writes the entries as members, names as they are.</summary>
    public static void Write<TWriter>(TWriter writer, IEnumerable<KeyValuePair<string, JsonElement>>? data)
        where TWriter : struct, IBodyWriter
    {
        foreach (var entry in data ?? [])
        {
            writer.Key(entry.Key);
            writer.Value(entry.Value);
        }
    }

    /// <summary>Writes the entries as members, names as they are.</summary>
    public static void Write<TWriter>(TWriter writer, IEnumerable<KeyValuePair<string, object>>? data)
        where TWriter : struct, IBodyWriter
    {
        foreach (var entry in data ?? [])
        {
            writer.Key(entry.Key);
            writer.Untyped(entry.Value);
        }
    }

    /// <summary>Keeps the value that the reader stands on; of several with one name the last.</summary>
    public static void Add(ref Dictionary<string, JsonElement>? data, string name, ref Utf8JsonReader reader) =>
        (data ??= [])[name] = JsonElement.ParseValue(ref reader);

    /// <summary>Merges the kept members into the dictionary that the object has, and returns the dictionary for it to have.</summary>
    public static Dictionary<string, JsonElement> Merge(IDictionary<string, JsonElement>? present, Dictionary<string, JsonElement> kept)
    {
        if (present is null)
        {
            return kept;
        }

        var all = new Dictionary<string, JsonElement>(present, StringComparer.Ordinal);
        foreach (var entry in kept)
        {
            all[entry.Key] = entry.Value;
        }

        return all;
    }

    /// <summary>Merges the kept members into the dictionary that the object has, and returns the dictionary for it to have.</summary>
    public static Dictionary<string, object> Merge(IDictionary<string, object>? present, Dictionary<string, JsonElement> kept)
    {
        var all = present is null ? [] : new Dictionary<string, object>(present, StringComparer.Ordinal);
        foreach (var entry in kept)
        {
            // A null stays a null, as the serializer of the framework reads it.
            all[entry.Key] = entry.Value.ValueKind == JsonValueKind.Null ? null! : entry.Value;
        }

        return all;
    }
}
