using System.Globalization;
using Typed.Cli.Connections;
using Typed.Cli.Output;
using Typed.Cli.Reading;
using Typed.Schema;
using Typed.Schema.Json;
using Typed.Schema.Shapes;
using Typed.Streams.Reading;

namespace Typed.Cli.Schemas;

/// <summary>What a database stores, as the model of a schema file: series by the catalog, streams by their events.</summary>
internal sealed class StoredSchema(StoredDatabase database, Catalog catalog)
{
    private readonly Dictionary<string, string?> _schemas = new(StringComparer.Ordinal);

    /// <summary>How many events could not be read: their bodies are no JSON, or too deep.</summary>
    public long Unreadable { get; private set; }

    /// <summary>The streams without an event.</summary>
    public IReadOnlyList<string> Empty => [.. _schemas.Where(pair => pair.Value is null).Select(pair => pair.Key)];

    /// <summary>Reads the events of all streams. Memory holds a page and a schema, however many they are.</summary>
    /// <param name="terminal">Where progress is shown.</param>
    /// <param name="known">
    /// The file as it is: where it has an enum, the stored names are listed, as they are where it says nothing of texts and the catalog knows of an enum.
    /// </param>
    /// <param name="sample">The newest so many of each namespace; null: all.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<SchemaFile> ReadAsync(Terminal terminal, SchemaFile known, long? sample, CancellationToken cancellationToken)
    {
        var most = sample ?? long.MaxValue;
        List<(StoredStream Stream, IReadOnlyList<StreamExtent> Spaces)> streams = [];
        foreach (var stream in catalog.Streams)
        {
            streams.Add((stream, await StreamExtent.ReadAsync(database, stream, cancellationToken)));
        }

        var total = streams.Sum(one => one.Spaces.Sum(space => Math.Min(space.Events, most)));
        await terminal.ProgressAsync("read events", total, async report =>
        {
            var done = 0L;
            foreach (var (stream, spaces) in streams)
            {
                var inference = new SchemaInference(
                    known.FindStream(stream.Name)?.Schema is { } schema ? JsonSchemaParser.Parse(schema) : null, EnumPlaces.Read(stream.Enums));
                var table = await EventTable.FindAsync(database, stream, cancellationToken);
                var pages = new EventPages(database, table);
                foreach (var space in spaces)
                {
                    await pages.ReadAsync(space.Namespace, IdRange.All, descending: true, most, page => Take(inference, page), cancellationToken);
                }

                if (inference.Schema is { } found)
                {
                    MemberShares.Note(found);
                }

                _schemas[stream.Name] = inference.ToText();
            }

            return true;

            Task Take(SchemaInference inference, EventPage page)
            {
                page.Each((_, _, json) => Add(inference, json));
                done += page.Rows;
                report(done);
                return Task.CompletedTask;
            }
        });
        return Shapes();
    }

    private void Add(SchemaInference inference, ReadOnlySpan<byte> json)
    {
        try
        {
            inference.Add(json);
        }
        catch (SchemaInferenceException)
        {
            Unreadable++;
        }
    }

    private SchemaFile Shapes() => new(
        catalog.Streams.Where(stream => _schemas[stream.Name] is not null).Select(stream => new StreamShape(stream.Name, stream.Naming, _schemas[stream.Name])),
        catalog.Series.Select(series => new SeriesShape(
            series.Name, series.Type.ToString(), Column(series.Value), [.. series.Keys.Select(Column)],
            series.Type == SeriesType.Series ? [] : [.. series.Intervals.Select(interval => IntervalShape.Of(interval.Grid.Spec))])));

    private static string Column(StoredColumn column) => string.Create(CultureInfo.InvariantCulture, $"{column.Member} {column.Type}");
}
