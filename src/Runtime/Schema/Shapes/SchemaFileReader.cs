using System.Globalization;
using Typed.Schema.Json;
using Typed.Time;

namespace Typed.Schema.Shapes;

/// <summary>What is wrong with a schema file, and where.</summary>
/// <param name="Start">The first character.</param>
/// <param name="Line">Its line, counted from 1.</param>
/// <param name="Column">Its place in the line, counted from 1.</param>
/// <param name="Message">What is wrong and what can be done.</param>
internal sealed record SchemaFileProblem(int Start, int Line, int Column, string Message)
{
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}({1},{2}): {3}", SchemaFile.Name, Line, Column, Message);
}

/// <summary>What could be read of a schema file, and what is wrong with the rest.</summary>
internal sealed record SchemaFileReading(SchemaFile File, IReadOnlyList<SchemaFileProblem> Problems);

/// <summary>Reads schema files. A broken entry is a problem with its line; the others are read.</summary>
internal static class SchemaFileReader
{
    private const string WriteAgain = "write the file again with 'typed schema pull', or from the declarations with a build with -p:TypedSchema=update";

    /// <summary>Objects that are read on after a fault in one of their members: the file, its streams and its series.</summary>
    private const int TolerantDepth = 2;

    public static SchemaFileReading Read(string text)
    {
        var problems = new Problems(text);
        if (text.Trim('\uFEFF', ' ', '\t', '\r', '\n').Length == 0)
        {
            problems.Add(0, $"The file is empty: delete it, or {WriteAgain}.");
            return new(SchemaFile.Empty, problems.All);
        }

        var clean = ConflictMarkers.Remove(text.Replace('\uFEFF', ' '), out var conflict);
        if (conflict is { } marker)
        {
            problems.Add(marker, "The file has the conflict markers of a merge: resolve them, or " + WriteAgain + ".");
        }

        var root = JsonTreeReader.Read(clean, TolerantDepth, out var faults);
        if (conflict is null)
        {
            foreach (var fault in faults)
            {
                problems.Add(fault.Start, $"The file is no JSON here: {fault.Message}. Mend it, or {WriteAgain}.");
            }
        }

        if (root is { Kind: not JsonTreeKind.Object })
        {
            problems.Add(root.Start, $"The file is no schema file, which is a JSON object: {WriteAgain}.");
        }

        return root is { Kind: JsonTreeKind.Object } && IsKnownVersion(root, problems)
            ? new(new SchemaFile(Entries(root, "streams", problems, Stream), Entries(root, "series", problems, Series)), problems.All)
            : new(SchemaFile.Empty, problems.All);
    }

    private static bool IsKnownVersion(JsonTree root, Problems problems)
    {
        var version = root.Find("version");
        if (version is { Kind: JsonTreeKind.Number }
            && int.TryParse(version.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            if (number > SchemaFile.Version)
            {
                problems.Add(version.Start, $"The file has the format version {number}, and this version of Typed knows {SchemaFile.Version}: update Typed.");
            }

            return number <= SchemaFile.Version;
        }

        // A fault that hides the version was reported already.
        if (version is not null || problems.All.Count == 0)
        {
            problems.Add((version ?? root).Start, $"The file says no format version, as \"version\": {SchemaFile.Version} does: {WriteAgain}.");
        }

        return version is null && problems.All.Count > 0;
    }

    private static List<T> Entries<T>(JsonTree root, string member, Problems problems, Func<JsonTreeMember, T> read)
    {
        List<T> entries = [];
        var lists = root.Members.Where(one => string.Equals(one.Name, member, StringComparison.Ordinal)).ToArray();
        if (lists.Length == 0)
        {
            return entries;
        }

        if (lists.Length > 1)
        {
            problems.Add(
                lists[1].Start, $"\"{member}\" stands twice in the file, and the second is not read: put its entries into the first, or {WriteAgain}.");
        }

        var list = lists[0].Value;

        if (list.Kind != JsonTreeKind.Object)
        {
            problems.Add(list.Start, $"\"{member}\" is an object with a member for each of them: {WriteAgain}.");
            return entries;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in list.Members)
        {
            if (!seen.Add(entry.Name))
            {
                problems.Add(entry.Start, $"\"{entry.Name}\" stands twice in the file: keep one.");
                continue;
            }

            try
            {
                entries.Add(read(entry));
            }
            catch (JsonFaultException fault)
            {
                problems.Add(fault.Start, $"The entry \"{entry.Name}\" is broken: {fault.Message}. Mend it, or {WriteAgain}.");
            }
        }

        return entries;
    }

    private static StreamShape Stream(JsonTreeMember entry)
    {
        RequireObject(entry);
        var schema = entry.Value.Find("schema") ?? throw new JsonFaultException(entry.Value.Start, "it has no \"schema\"");
        var naming = entry.Value.Find("naming");
        return new StreamShape(entry.Name, naming is null ? null : Text(naming, "naming"), JsonSchemaText.Write(JsonSchemaParser.Parse(schema)));
    }

    private static SeriesShape Series(JsonTreeMember entry)
    {
        RequireObject(entry);
        var type = Member(entry, "type");
        var kind = Text(type, "type");
        if (!SeriesShape.Types.Contains(kind, StringComparer.Ordinal))
        {
            throw new JsonFaultException(type.Start, $"\"{kind}\" is no type of series; there are {string.Join(", ", SeriesShape.Types)}");
        }

        return new SeriesShape(
            entry.Name,
            kind,
            Text(Member(entry, "value"), "value"),
            [.. Texts(Member(entry, "keys"), "keys").Select(key => key.Text)],
            [.. Texts(Member(entry, "intervals"), "intervals").Select(Interval)]);
    }

    private static IntervalShape Interval(JsonTree tree) => IntervalGrammar.TryParse(tree.Text, out var spec, out var error)
        ? IntervalShape.Of(spec)
        : throw new JsonFaultException(tree.Start, $"\"{tree.Text}\" is no interval: {error.Message}");

    private static void RequireObject(JsonTreeMember entry) =>
        _ = entry.Value.Kind == JsonTreeKind.Object ? entry : throw new JsonFaultException(entry.Value.Start, "an entry is an object");

    private static JsonTree Member(JsonTreeMember entry, string name) =>
        entry.Value.Find(name) ?? throw new JsonFaultException(entry.Value.Start, $"it has no \"{name}\"");

    private static string Text(JsonTree tree, string name) =>
        tree.Kind == JsonTreeKind.Text ? tree.Text : throw new JsonFaultException(tree.Start, $"\"{name}\" is a text");

    private static IEnumerable<JsonTree> Texts(JsonTree tree, string name)
    {
        _ = tree.Kind == JsonTreeKind.Array ? tree : throw new JsonFaultException(tree.Start, $"\"{name}\" is a list of texts");
        foreach (var item in tree.Items)
        {
            _ = Text(item, name);
            yield return item;
        }
    }

    private sealed class Problems(string text)
    {
        public List<SchemaFileProblem> All { get; } = [];

        public void Add(int start, string message)
        {
            var line = start == 0 ? -1 : text.LastIndexOf('\n', Math.Min(start, text.Length) - 1);
            All.Add(new(start, text.Take(start).Count(unit => unit == '\n') + 1, start - line, message));
        }
    }
}
