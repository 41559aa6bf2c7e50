using Typed.Schema.Json;

namespace Typed.Schema.Shapes;

/// <summary>
/// Compares what is stored with what is declared. The one comparer: analyzers, stores that open, contexts and the command line ask it, and say what it says.
/// </summary>
internal static class SchemaComparer
{
    /// <summary>All differences, those that are fine included, streams first, in order of name.</summary>
    public static IReadOnlyList<SchemaDifference> Compare(SchemaFile stored, SchemaFile declared)
    {
        List<SchemaDifference> found = [];
        foreach (var stream in declared.Streams)
        {
            if (stored.FindStream(stream.Name) is { } was)
            {
                found.AddRange(Compare(was, stream));
            }
            else
            {
                found.Add(new(DifferenceKind.StreamAdded, stream.Name, "", "", "") { IsOfStream = true });
            }
        }

        found.AddRange(stored.Streams.Where(stream => declared.FindStream(stream.Name) is null)
            .Select(stream => new SchemaDifference(DifferenceKind.StreamUndeclared, stream.Name, "", "", "") { IsOfStream = true }));
        foreach (var series in declared.Series)
        {
            if (stored.FindSeries(series.Name) is { } was)
            {
                found.AddRange(Compare(was, series));
            }
            else
            {
                found.Add(new(DifferenceKind.SeriesAdded, series.Name, "", "", ""));
            }
        }

        found.AddRange(stored.Series.Where(series => declared.FindSeries(series.Name) is null)
            .Select(series => new SchemaDifference(DifferenceKind.SeriesUndeclared, series.Name, "", "", "")));
        return found;
    }

    /// <summary>The differences of one series.</summary>
    public static IReadOnlyList<SchemaDifference> Compare(SeriesShape stored, SeriesShape declared) => [.. SeriesComparer.Compare(stored, declared)];

    /// <summary>The differences of one stream. Under another naming no member has its name, so that they are not compared.</summary>
    public static IReadOnlyList<SchemaDifference> Compare(StreamShape stored, StreamShape declared)
    {
        List<SchemaDifference> found = [];
        CompareFact(DifferenceKind.StreamName, "stream", stored.Name, declared.Name);
        CompareFact(DifferenceKind.StreamBody, "body", stored.Body, declared.Body);
        CompareFact(DifferenceKind.StreamFollow, "follow", stored.Follow, declared.Follow);
        CompareFact(DifferenceKind.StreamNaming, "naming", stored.Naming, declared.Naming);
        if (found.Count == 0 && stored.Schema is { } was && declared.Schema is { } now && !string.Equals(was, now, StringComparison.Ordinal))
        {
            found.AddRange(BodyComparer.Compare(declared.Name, JsonSchemaParser.Parse(was), JsonSchemaParser.Parse(now)));
        }

        return found;

        void CompareFact(DifferenceKind kind, string word, string? before, string? after)
        {
            if (before is not null && after is not null && !string.Equals(before, after, StringComparison.Ordinal))
            {
                found.Add(new(kind, declared.Name, word, before, after) { IsOfStream = true });
            }
        }
    }
}
