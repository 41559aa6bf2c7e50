namespace Typed.Schema.Shapes;

/// <summary>
/// Streams and series with their shapes: what <c>typed.schema.json</c> holds, what a database stores, or what an assembly declares. Each is ordered by name.
/// </summary>
internal sealed class SchemaFile(IEnumerable<StreamShape> streams, IEnumerable<SeriesShape> series)
{
    /// <summary>What the file is called, beside the project.</summary>
    public const string Name = "typed.schema.json";

    /// <summary>The version of the format.</summary>
    public const int Version = 1;

    /// <summary>The JSON Schema of the file, by which editors complete it. It ships in the package too.</summary>
    public const string Dialect = "https://raw.githubusercontent.com/typed-net/typed/main/src/Runtime/Schema/typed.schema.v1.json";

    public static SchemaFile Empty { get; } = new([], []);

    public IReadOnlyList<StreamShape> Streams { get; } = [.. streams.OrderBy(stream => stream.Name, StringComparer.Ordinal)];

    public IReadOnlyList<SeriesShape> Series { get; } = [.. series.OrderBy(one => one.Name, StringComparer.Ordinal)];

    /// <summary>The stream of that name; null: there is none.</summary>
    public StreamShape? FindStream(string name) => Streams.FirstOrDefault(stream => string.Equals(stream.Name, name, StringComparison.Ordinal));

    /// <summary>The series of that name; null: there is none.</summary>
    public SeriesShape? FindSeries(string name) => Series.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.Ordinal));

    /// <summary>The file with a stream in place of the one of its name.</summary>
    public SchemaFile With(StreamShape stream) =>
        new(Streams.Where(one => !string.Equals(one.Name, stream.Name, StringComparison.Ordinal)).Append(stream), Series);

    /// <summary>The file with a series in place of the one of its name.</summary>
    public SchemaFile With(SeriesShape series) =>
        new(Streams, Series.Where(one => !string.Equals(one.Name, series.Name, StringComparison.Ordinal)).Append(series));
}
