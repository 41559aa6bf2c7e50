namespace Typed.Schema.Json;

/// <summary>
/// What is known about the values at one place: the kinds seen there, their elements and members.
/// Merging is a least upper bound, member by member, so the order and the grouping of the values never matter.
/// </summary>
internal sealed class JsonSchema
{
    /// <summary>Texts of more values than that are no names of an enum.</summary>
    public const int MaxNames = 1000;

    /// <summary>The kinds of values. Never <see cref="JsonTypes.Integer"/> together with <see cref="JsonTypes.Number"/>.</summary>
    public JsonTypes Types { get; set; }

    /// <summary>Any value at all; everything else is then unset.</summary>
    public bool Anything { get; set; }

    /// <summary>The elements of the arrays; null while no element is known.</summary>
    public JsonSchema? Items { get; set; }

    /// <summary>The members of the objects.</summary>
    public SortedDictionary<string, JsonProperty>? Properties { get; set; }

    /// <summary>The values of members without a name of their own: what a dictionary declares.</summary>
    public JsonSchema? Additional { get; set; }

    /// <summary>What the text stands for, such as <c>date-time</c>. An annotation; inference never sets it.</summary>
    public string? Format { get; set; }

    /// <summary>Of texts: the only ones there are, as the names of an enum; null: any. Inference sets it only where it is told that an enum stands.</summary>
    public SortedSet<string>? Names { get; set; }

    /// <summary>Of a member: the names that it had before, the latest first. An annotation; inference never sets it.</summary>
    public IReadOnlyList<string>? FormerNames { get; set; }

    /// <summary>Of a member: in how many of the stored objects it stands, such as <c>37 %</c>. An annotation; inference never sets it.</summary>
    public string? Share { get; set; }

    /// <summary>How many objects inference has seen here.</summary>
    public long Objects { get; set; }

    /// <summary>
    /// The JSON pointer of a schema that this one repeats: of an enclosing one in a recursive declaration; in a declaration that would be more than a thousand
    /// parts when written out, of the first place of each type. Whether the value there may be null says nothing about here.
    /// </summary>
    public string? Reference { get; set; }

    public static JsonSchema Of(JsonTypes types, string? format = null) => new() { Types = types, Format = format };

    public static JsonSchema Object() => new() { Types = JsonTypes.Object, Properties = NewProperties() };

    public static SortedDictionary<string, JsonProperty> NewProperties() => new(StringComparer.Ordinal);

    /// <summary>Sets a member; one of the same name that was there before leaves no trace.</summary>
    public void Set(string name, JsonSchema schema, bool required) => (Properties ??= NewProperties())[name] = new JsonProperty(schema, required);

    /// <summary>Widens this schema so that it also allows what <paramref name="other"/> allows, and takes over parts of <paramref name="other"/>.</summary>
    public void Absorb(JsonSchema other)
    {
        if (Anything || other.Anything)
        {
            BecomeAnything();
            return;
        }

        Names = MergeNames(this, other);
        Format = MergeFormat(this, other);
        Items = Merge(Items, other.Items);
        Additional = Merge(Additional, other.Additional);
        AbsorbProperties(other);
        Reference = (Types & ~JsonTypes.Null) == JsonTypes.None && Reference is null ? other.Reference : Reference;
        Types |= other.Types;
        Objects += other.Objects;
        if ((Types & JsonTypes.Number) != JsonTypes.None)
        {
            Types &= ~JsonTypes.Integer;
        }
    }

    private static JsonSchema? Merge(JsonSchema? one, JsonSchema? other)
    {
        if (one is null || other is null)
        {
            return one ?? other;
        }

        one.Absorb(other);
        return one;
    }

    // Only texts have a format, so a side without texts has no say; two different formats leave none.
    private static string? MergeFormat(JsonSchema one, JsonSchema other)
    {
        if ((one.Types & JsonTypes.String) == JsonTypes.None)
        {
            return other.Format;
        }

        return (other.Types & JsonTypes.String) == JsonTypes.None || string.Equals(one.Format, other.Format, StringComparison.Ordinal) ? one.Format : null;
    }

    private static SortedSet<string>? MergeNames(JsonSchema one, JsonSchema other)
    {
        if ((one.Types & JsonTypes.String) == JsonTypes.None)
        {
            return other.Names;
        }

        if ((other.Types & JsonTypes.String) == JsonTypes.None)
        {
            return one.Names;
        }

        if (one.Names is null || other.Names is null)
        {
            return null;
        }

        one.Names.UnionWith(other.Names);
        return one.Names.Count <= MaxNames ? one.Names : null;
    }

    private void AbsorbProperties(JsonSchema other)
    {
        if ((other.Types & JsonTypes.Object) == JsonTypes.None)
        {
            return;
        }

        if ((Types & JsonTypes.Object) == JsonTypes.None || Properties is null)
        {
            Properties = other.Properties;
            return;
        }

        foreach (var pair in Properties)
        {
            // Required is what every object had.
            pair.Value.Required &= other.Properties is not null && other.Properties.TryGetValue(pair.Key, out var same) && same.Required;
        }

        foreach (var pair in other.Properties ?? NewProperties())
        {
            if (Properties.TryGetValue(pair.Key, out var mine))
            {
                mine.Seen += pair.Value.Seen;
                mine.Schema.Absorb(pair.Value.Schema);
            }
            else
            {
                Properties.Add(pair.Key, new JsonProperty(pair.Value.Schema, required: false) { Seen = pair.Value.Seen });
            }
        }
    }

    private void BecomeAnything()
    {
        Anything = true;
        Types = JsonTypes.None;
        Items = null;
        Properties = null;
        Additional = null;
        Format = null;
        Names = null;
        Reference = null;
        Objects = 0;
    }
}

/// <summary>A member of an object, and whether every object had it.</summary>
internal sealed class JsonProperty(JsonSchema schema, bool required)
{
    public JsonSchema Schema { get; } = schema;

    public bool Required { get; set; } = required;

    /// <summary>How many objects with it inference has seen.</summary>
    public long Seen { get; set; } = 1;
}
