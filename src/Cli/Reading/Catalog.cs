using System.Globalization;
using Typed.Cli.Connections;
using Typed.Cli.Output;
using Typed.Schema;

namespace Typed.Cli.Reading;

/// <summary>What a database holds, by its own catalog: streams and series in order of name.</summary>
internal sealed class Catalog
{
    /// <summary>The newest form of the catalog's entries that this program reads.</summary>
    private const int KnownFormat = 1;

    private const string Type = "type";
    private const string Keys = "keys";
    private const string Value = "value";
    private const string Interval = "interval";
    private const string Name = "name";
    private const string SeriesName = "series";
    private const string Stream = "stream";
    private const string Body = "body";
    private const string Follow = "follow";
    private const string Naming = "naming";

    private Catalog(IReadOnlyList<StoredStream> streams, IReadOnlyList<StoredSeries> series, IReadOnlyList<string> gone, bool isOld) =>
        (Streams, Series, Gone, IsOld) = (streams, series, gone, isOld);

    public IReadOnlyList<StoredStream> Streams { get; }

    public IReadOnlyList<StoredSeries> Series { get; }

    /// <summary>Tables that the catalog describes and the database lacks: somebody dropped them by hand.</summary>
    public IReadOnlyList<string> Gone { get; }

    /// <summary>Whether an earlier version of the library made some table, so that the catalog says less than it could: no <c>keep</c>, for one.</summary>
    public bool IsOld { get; }

    /// <exception cref="CliException">The database is none of Typed's, or newer than this program.</exception>
    public static async Task<Catalog> ReadAsync(StoredDatabase database, CancellationToken cancellationToken)
    {
        var tables = (await database.ListAsync(database.Kind.Engine.TableNames, row => row.Text(0), cancellationToken)).ToHashSet(StringComparer.Ordinal);
        if (!tables.Contains(Names.Catalog))
        {
            throw new CliException(
                ExitCodes.NotTyped, $"{database.Address} has no {Names.Catalog}: no store of Typed was opened there.",
                "Check --connection, or open a store on it first.");
        }

        var entries = await database.ListAsync(
            $"SELECT name, layout FROM {Names.Catalog} ORDER BY name", row => (Table: row.Text(0), Words: WordsOf(row.Text(1))), cancellationToken);
        List<StoredStream> streams = [];
        List<(StoredSeries Part, string Table)> parts = [];
        List<string> gone = [];
        foreach (var (table, words) in entries)
        {
            CheckFormat(database, table, words);
            if (!tables.Contains(table))
            {
                gone.Add(table);
            }
            else if (words.GetValueOrDefault(Stream) is { } name)
            {
                streams.Add(StreamOf(name, table, words));
            }
            else
            {
                parts.Add((SeriesOf(database, table, words), table));
            }
        }

        var series = parts.GroupBy(part => part.Part.Name, StringComparer.Ordinal)
            .Select(group => group.First().Part with { Intervals = [.. group.SelectMany(part => part.Part.Intervals)] });
        return new([.. streams.OrderBy(s => s.Name, StringComparer.Ordinal)], [.. series.OrderBy(s => s.Name, StringComparer.Ordinal)], gone,
            entries.Exists(entry => !entry.Words.ContainsKey(Stream) && !entry.Words.ContainsKey(CatalogNotes.Intervals)));
    }

    /// <exception cref="CliException">There is no such stream.</exception>
    public StoredStream StreamOf(string name) => Streams.FirstOrDefault(stream => stream.Name == name) ?? throw NotFound("stream", name);

    /// <exception cref="CliException">There is no such series.</exception>
    public StoredSeries SeriesOf(string name) => Series.FirstOrDefault(series => series.Name == name) ?? throw NotFound("series", name);

    /// <summary>A stream or a series.</summary>
    /// <exception cref="CliException">There is neither.</exception>
    public (StoredStream? Stream, StoredSeries? Series) Find(string name)
    {
        var stream = Streams.FirstOrDefault(one => one.Name == name);
        var series = stream is null ? Series.FirstOrDefault(one => one.Name == name) : null;
        return stream is null && series is null ? throw NotFound("stream or series", name) : (stream, series);
    }

    private CliException NotFound(string kind, string name)
    {
        var names = kind switch
        {
            "stream" => Streams.Select(s => s.Name),
            "series" => Series.Select(s => s.Name),
            _ => Streams.Select(s => s.Name).Concat(Series.Select(s => s.Name)),
        };
        var other = kind == "stream" && Series.Any(s => s.Name == name) ? " It is a series."
            : kind == "series" && Streams.Any(s => s.Name == name) ? " It is a stream." : "";
        var nearest = other.Length > 0 ? null : Nearest.Sentence(name, [.. names], kind == "stream" ? "streams" : "series");
        return new(ExitCodes.NotFound, $"There is no {kind} '{name}'.{other}", nearest);
    }

    private static void CheckFormat(StoredDatabase database, string table, Dictionary<string, string> words)
    {
        var isKnown = !words.TryGetValue(CatalogNotes.Format, out var text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= KnownFormat);
        if (!isKnown || !words.ContainsKey(Type))
        {
            throw Newer(database, table);
        }
    }

    private static CliException Newer(StoredDatabase database, string table) => new(
        ExitCodes.NotTyped, $"{database.Address} is newer than this program: {Names.Catalog} describes {table} in a way that it does not know.",
        "Update it: dotnet tool update typed.cli.");

    private static Dictionary<string, string> WordsOf(string layout) => layout.Split('\n')
        .Select(line => line.Split(": ", 2))
        .GroupBy(parts => parts[0], StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First() is [_, var value] ? value : "", StringComparer.Ordinal);

    private static StoredStream StreamOf(string name, string table, Dictionary<string, string> words) => new(
        name,
        table,
        words.GetValueOrDefault(Naming),
        Enum.TryParse<BodyFormat>(words.GetValueOrDefault(Body), out var body) ? body : BodyFormat.Jsonb,
        words.GetValueOrDefault(Follow) == "True",
        words.GetValueOrDefault(CatalogNotes.Retain) is { } retain
            ? TimeSpan.FromSeconds(long.Parse(retain, NumberStyles.None, CultureInfo.InvariantCulture))
            : null,
        words.GetValueOrDefault(CatalogNotes.Enums));

    private static StoredSeries SeriesOf(StoredDatabase database, string table, Dictionary<string, string> words)
    {
        var keys = words.GetValueOrDefault(Keys, "").Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(StoredColumn.Parse).ToArray();
        var value = StoredColumn.Parse(words.GetValueOrDefault(Value, ""));
        if (!Enum.TryParse<SeriesType>(words[Type], out var type) || value is null || Array.Exists(keys, key => key is null))
        {
            throw Newer(database, table);
        }

        // An earlier version of the library did not note the names: the table's is made of them.
        var cut = table.LastIndexOf('_');
        var name = words.GetValueOrDefault(SeriesName, cut > 0 ? table[..cut] : table);
        var texts = words.GetValueOrDefault(CatalogNotes.Intervals) is { } noted ? noted.Split(CatalogNotes.Separator)
            : words.GetValueOrDefault(Interval) is { } layout ? [$"{words.GetValueOrDefault(Name, table[(cut + 1)..])}: {layout}"] : [];
        return new(name, type, keys!, value, [.. texts.Select(text => new StoredInterval(table, Time.Interval.Parse(text)))]);
    }
}
