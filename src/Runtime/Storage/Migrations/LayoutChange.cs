using Typed.Schema.Shapes;

namespace Typed.Storage.Migrations;

/// <summary>How the layouts that two comments of a table say differ, by the comparer that also checks a first use.</summary>
internal static class LayoutChange
{
    /// <summary>The differences that stored rows do not bear; none where one of the comments is no layout.</summary>
    public static IReadOnlyList<SchemaDifference> Compare(string table, string? was, string? now) =>
        Read(was) is not { } stored || Read(now) is not { } declared ? []
        : [.. Differences(table, stored, declared).Where(difference => difference.Verdict == Verdict.Error)];

    /// <summary>The series, with the interval of one table, that the comment of the table says; null where it says none.</summary>
    public static SeriesShape? SeriesOf(string table, string? comment) => Read(comment) is { } layout ? Layout.ReadSeries(table, layout) : null;

    private static IEnumerable<SchemaDifference> Differences(string table, string was, string now) =>
        (Layout.ReadSeries(table, was), Layout.ReadSeries(table, now)) is ({ } series, { } declared) ? SchemaComparer.Compare(series, declared)
        : (Layout.ReadStream(was), Layout.ReadStream(now)) is ({ } stream, { } body) ? SchemaComparer.Compare(stream, body)
        : [new(DifferenceKind.SeriesType, table, "type", was.Split('\n')[0][Layout.Beginning.Length..], now.Split('\n')[0][Layout.Beginning.Length..])];

    private static string? Read(string? comment) => comment?.StartsWith(Layout.Beginning, StringComparison.Ordinal) == true
        ? comment.Replace(Layout.Separator, "\n", StringComparison.Ordinal)
        : null;
}
