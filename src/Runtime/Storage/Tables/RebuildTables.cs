using Typed.Schema;

namespace Typed.Storage.Tables;

/// <summary>The tables that exist while a series is rebuilt from what feeds it.</summary>
internal static class RebuildTables
{
    /// <summary>The member of a log that says how far its event has come.</summary>
    public const string State = "State";

    private const string Prefix = "typed_rebuild_";

    /// <summary>Where the rows of a table of the series are made anew.</summary>
    public static TableDefinition Staged(TableDefinition table) => table with
    {
        Name = Names.Shorten(Prefix + table.Name),
        KeyName = null,
        Indexes = [.. table.Indexes.Select(index => index with { Name = null })],
    };

    /// <summary>The events that are put into a stream meanwhile.</summary>
    /// <param name="schema">The schema of the stream's table.</param>
    /// <param name="stream">The name of the stream's table.</param>
    /// <param name="series">The series that is rebuilt: another one may be at the same time.</param>
    public static TableDefinition Log(string? schema, string stream, string series) => new(
        Names.Shorten($"{Prefix}{series}_from_{stream}"),
        [
            TableDefinitions.Column(new(StreamColumns.Namespace, typeof(string), ColumnKind.Text)),
            TableDefinitions.Column(new(StreamColumns.Id, typeof(EventId), ColumnKind.Guid)),
            TableDefinitions.Column(new(State, typeof(int), ColumnKind.Int32)) with { Default = "0" },
        ],
        [StreamColumns.Namespace, StreamColumns.Id])
    {
        Schema = schema,
    };
}
