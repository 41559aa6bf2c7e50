namespace Typed.Schema.Json;

/// <summary>
/// The places in the events of a stream where the names of enums stand, as a schema of nothing else. Which names is not said: these are found in the events.
/// </summary>
internal static class EnumPlaces
{
    /// <summary>The places of a declared schema; null: it has no enum.</summary>
    public static JsonSchema? Of(JsonSchema declared) => Prune(declared, declared);

    /// <summary>The text of the places, on one line.</summary>
    public static string Write(JsonSchema places) => JsonSchemaText.WritePart(places);

    /// <summary>The places of a text; null: it says none.</summary>
    public static JsonSchema? Read(string? text)
    {
        try
        {
            return text is null || JsonSchemaParser.Parse(text) is not { Anything: false } places ? null : places;
        }
        catch (JsonFaultException)
        {
            // Somebody wrote it by hand, or a version to come; it binds nothing.
            return null;
        }
    }

    /// <summary>
    /// The places of both, as text: a place never goes, so that programs with several classes of one stream agree after each has said its own once. Where one
    /// repeats a type that the other writes out, as it stands in <paramref name="known"/> it stays.
    /// </summary>
    public static string? Merge(string? known, string? declared)
    {
        if (declared is null || string.Equals(known, declared, StringComparison.Ordinal) || Read(declared) is not { } added)
        {
            return known;
        }

        if (Read(known) is not { } all)
        {
            return declared;
        }

        Merge(all, added, added);
        return Write(all);
    }

    private static void Merge(JsonSchema all, JsonSchema added, JsonSchema root)
    {
        if (all.Reference is not null)
        {
            return;
        }

        var one = SchemaReferences.Resolve(root, added).Schema;
        all.Types |= one.Types;
        all.Names ??= one.Names;
        all.Items = Join(all.Items, one.Items, root);
        all.Additional = Join(all.Additional, one.Additional, root);
        foreach (var member in one.Properties ?? JsonSchema.NewProperties())
        {
            if (all.Properties is { } members && members.TryGetValue(member.Key, out var mine))
            {
                Merge(mine.Schema, member.Value.Schema, root);
            }
            else
            {
                all.Set(member.Key, member.Value.Schema, required: false);
            }
        }
    }

    private static JsonSchema? Join(JsonSchema? all, JsonSchema? added, JsonSchema root)
    {
        if (all is null || added is null)
        {
            return all ?? added;
        }

        Merge(all, added, root);
        return all;
    }

    private static JsonSchema? Prune(JsonSchema schema, JsonSchema root)
    {
        if (schema.Reference is { } reference)
        {
            return Leads(schema, root, []) ? new JsonSchema { Reference = reference } : null;
        }

        var places = new JsonSchema
        {
            Types = schema.Names is null ? JsonTypes.None : JsonTypes.String,
            Names = schema.Names is null ? null : new SortedSet<string>(StringComparer.Ordinal),
            Items = schema.Items is { } items ? Prune(items, root) : null,
            Additional = schema.Additional is { } values ? Prune(values, root) : null,
        };
        List<(string Name, JsonSchema Place)> former = [];
        foreach (var member in schema.Properties ?? JsonSchema.NewProperties())
        {
            if (Prune(member.Value.Schema, root) is { } place)
            {
                places.Set(member.Key, place, required: false);
                former.AddRange((member.Value.Schema.FormerNames ?? []).Select(name => (name, place)));
            }
        }

        // Older events have the member under these, unless it is another's today.
        foreach (var (name, place) in former.Where(one => !schema.Properties!.ContainsKey(one.Name)))
        {
            places.Set(name, place, required: false);
        }

        places.Types |= places.Items is null ? JsonTypes.None : JsonTypes.Array;
        if (places.Properties is not null || places.Additional is not null)
        {
            // As the text reads back.
            places.Properties ??= JsonSchema.NewProperties();
            places.Types |= JsonTypes.Object;
        }

        return places.Types == JsonTypes.None ? null : places;
    }

    /// <summary>Whether an enum stands at a place or behind it.</summary>
    private static bool Leads(JsonSchema schema, JsonSchema root, HashSet<JsonSchema> seen)
    {
        var (here, _) = SchemaReferences.Resolve(root, schema);
        return seen.Add(here)
            && (here.Names is not null
                || (here.Items is { } items && Leads(items, root, seen))
                || (here.Additional is { } values && Leads(values, root, seen))
                || (here.Properties ?? JsonSchema.NewProperties()).Any(member => Leads(member.Value.Schema, root, seen)));
    }
}
