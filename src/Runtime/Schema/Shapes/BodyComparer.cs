using Typed.Schema.Json;

namespace Typed.Schema.Shapes;

/// <summary>Compares the schema of stored events with that of a class, member by member.</summary>
internal sealed class BodyComparer
{
    /// <summary>A class can hold itself, but events are at most so deep.</summary>
    private const int MaxDepth = 64;

    private readonly string _stream;
    private readonly JsonSchema _stored;
    private readonly JsonSchema _declared;
    private readonly List<SchemaDifference> _found = [];
    private readonly HashSet<(JsonSchema Stored, JsonSchema Declared)> _open = [];

    private BodyComparer(string stream, JsonSchema stored, JsonSchema declared) => (_stream, _stored, _declared) = (stream, stored, declared);

    public static IReadOnlyList<SchemaDifference> Compare(string stream, JsonSchema stored, JsonSchema declared)
    {
        var comparer = new BodyComparer(stream, stored, declared);
        comparer.Compare(stored, declared, MemberPath.Body);
        return comparer._found;
    }

    private void Compare(JsonSchema stored, JsonSchema declared, MemberPath path)
    {
        var (was, wasNull) = SchemaReferences.Resolve(_stored, stored);
        var (now, nowNull) = SchemaReferences.Resolve(_declared, declared);
        if (now.Anything || path.Segments.Count > MaxDepth || !_open.Add((was, now)))
        {
            return;
        }

        CompareNull(was, wasNull, now, nowNull, path);
        CompareTypes(was, now, path);
        _open.Remove((was, now));
    }

    private void CompareNull(JsonSchema was, bool wasNull, JsonSchema now, bool nowNull, MemberPath path)
    {
        if (was.Anything || wasNull == nowNull)
        {
            return;
        }

        var (stored, declared) = (SchemaWords.Of(WithNull(was, wasNull)), SchemaWords.Of(WithNull(now, nowNull)));
        Add(wasNull ? DifferenceKind.NullRefused : DifferenceKind.NullAllowed, path, stored, declared);
    }

    private static JsonSchema WithNull(JsonSchema schema, bool mayBeNull) => new()
    {
        Types = (schema.Types & ~JsonTypes.Null) | (mayBeNull ? JsonTypes.Null : JsonTypes.None),
        Format = schema.Format,
        Items = schema.Items,
        Properties = schema.Properties,
        Additional = schema.Additional,
    };

    private void CompareTypes(JsonSchema was, JsonSchema now, MemberPath path)
    {
        var (stored, declared) = (was.Types & ~JsonTypes.Null, now.Types & ~JsonTypes.Null);
        const JsonTypes Numbers = JsonTypes.Integer | JsonTypes.Number;
        var isOther = was.Anything || (stored & ~declared & ~Numbers) != JsonTypes.None
            || ((stored & Numbers) != JsonTypes.None && (declared & Numbers) == JsonTypes.None);
        var isOtherText = (stored & declared & JsonTypes.String) != JsonTypes.None && was.Format is not null && now.Format is not null
            && !string.Equals(was.Format, now.Format, StringComparison.Ordinal);
        if (isOther || isOtherText)
        {
            Add(DifferenceKind.TypeChanged, path, was, now);
            return;
        }

        if ((stored & Numbers) != (declared & Numbers) && (stored & Numbers) != JsonTypes.None)
        {
            Add((stored & JsonTypes.Number) != JsonTypes.None ? DifferenceKind.NumberNarrowed : DifferenceKind.Widened, path, was, now);
        }

        if (was.Names is not null && now.Names is not null && was.Names.Where(name => !now.Names.Contains(name)).ToArray() is { Length: > 0 } unknown)
        {
            Add(DifferenceKind.EnumNameUndeclared, path, string.Join(", ", unknown), string.Join(", ", now.Names));
        }

        if ((stored & JsonTypes.String) != JsonTypes.None && was.Names is null && now.Names is not null)
        {
            Add(DifferenceKind.EnumNamesUnknown, path, SchemaWords.Of(was), string.Join(", ", now.Names));
        }

        if (was.Items is not null && now.Items is not null)
        {
            Compare(was.Items, now.Items, path.To(MemberPath.Elements));
        }

        if ((stored & declared & JsonTypes.Object) != JsonTypes.None)
        {
            CompareMembers(was, now, path);
        }
    }

    private void CompareMembers(JsonSchema was, JsonSchema now, MemberPath path)
    {
        var stored = was.Properties ?? JsonSchema.NewProperties();
        var declared = now.Properties ?? JsonSchema.NewProperties();
        if (declared.Count == 0 && now.Additional is { } values)
        {
            foreach (var member in stored)
            {
                Compare(member.Value.Schema, values, path.To(member.Key));
            }

            if (was.Additional is not null)
            {
                Compare(was.Additional, values, path.To(MemberPath.Values));
            }

            return;
        }

        var match = new MemberMatch(stored, declared, IsFit);
        foreach (var (name, member, former) in match.Same)
        {
            CompareMember(path.To(name), declared[name], member, former.Count == 0 ? [] : [.. former.Select(one => stored[one])]);
        }

        foreach (var (name, former) in match.Renamed)
        {
            Report(DifferenceKind.MemberRenamed, path.To(name), SchemaWords.Of(stored[former].Schema), SchemaWords.Of(declared[name].Schema),
                formerName: former);
        }

        foreach (var name in match.Added)
        {
            var isRequired = declared[name].Required;
            Add(isRequired ? DifferenceKind.MemberRequired : DifferenceKind.MemberAdded, path.To(name),
                isRequired ? "no stored event has it" : "", SchemaWords.Of(declared[name].Schema));
        }

        foreach (var name in match.Removed)
        {
            Report(stored[name].Required && now.Additional is null ? DifferenceKind.MemberRemoved : DifferenceKind.MemberUndeclared, path.To(name),
                SchemaWords.Of(stored[name].Schema), Fate(now), storedSchema: JsonSchemaText.Write(stored[name].Schema));
        }

        if (was.Additional is not null && now.Additional is null)
        {
            Add(DifferenceKind.MemberUndeclared, path.To(MemberPath.Values), SchemaWords.Of(was.Additional), Fate(now));
        }
    }

    // An event has one of the names: which events have none cannot be told from a schema, unless one name is in all of them.
    private void CompareMember(MemberPath path, JsonProperty declared, JsonProperty? stored, IReadOnlyList<JsonProperty> former)
    {
        if (declared.Required && former.Count == 0 && stored is { Required: false })
        {
            Add(DifferenceKind.MemberRequired, path, "some stored events lack it", SchemaWords.Of(declared.Schema));
        }

        foreach (var one in former.Prepend(stored).OfType<JsonProperty>())
        {
            Compare(one.Schema, declared.Schema, path);
        }
    }

    private static string Fate(JsonSchema declared) => declared.Additional is null ? "ignored when an event is read" : "kept as extension data";

    /// <summary>Whether a stored member could be read as a declared one.</summary>
    private bool IsFit(JsonProperty stored, JsonProperty declared)
    {
        var trial = new BodyComparer(_stream, _stored, _declared);
        trial.Compare(stored.Schema, declared.Schema, MemberPath.Body.To("x"));
        return !declared.Schema.Anything && trial._found.TrueForAll(difference => difference.Verdict != Verdict.Error);
    }

    private void Add(DifferenceKind kind, MemberPath path, JsonSchema stored, JsonSchema declared) =>
        Add(kind, path, SchemaWords.Of(stored), SchemaWords.Of(declared));

    private void Add(DifferenceKind kind, MemberPath path, string stored, string declared) => Report(kind, path, stored, declared);

    private void Report(DifferenceKind kind, MemberPath path, string stored, string declared, string? formerName = null, string? storedSchema = null)
    {
        var text = path.Segments.Count == 0 ? "the body" : path.ToString();
        var difference = new SchemaDifference(kind, _stream, text, stored, declared)
        {
            IsOfStream = true,
            Member = path,
            FormerName = formerName,
            StoredSchema = storedSchema,
        };

        // A recursive type is met at several places, and several names of one member lead to one place.
        if (!_found.Exists(one => one.Kind == kind && one.Path == text && one.Stored == stored))
        {
            _found.Add(difference);
        }
    }
}
