using Typed.Schema;
using Typed.Schema.Shapes;
using Typed.Time;

namespace Typed.Storage.Provisioning;

/// <summary>A table of a declaration: what the catalog is to say of it, and how that differs from what it says.</summary>
/// <param name="Name">The table.</param>
/// <param name="Owner">The declared type, and what of it the table holds.</param>
/// <param name="CatalogText">What the catalog is to say.</param>
/// <param name="Changes">The differences from a layout that the catalog says, those that are fine left out.</param>
internal sealed record DeclaredTable(string Name, string Owner, string CatalogText, Func<string, IReadOnlyList<SchemaDifference>> Changes)
{
    public static DeclaredTable Of(string name, string owner, SeriesDefinition series, IReadOnlyList<Interval> intervals)
    {
        var declared = DeclaredShapes.Of(series, intervals);
        return new(name, owner, CatalogNotes.Add(Layout.Describe(declared), intervals), layout => Compare(name, layout, declared));
    }

    public static DeclaredTable Of(string name, string owner, StreamDefinition stream)
    {
        var declared = DeclaredShapes.Of(stream);
        return new(name, owner, CatalogNotes.Add(Layout.Describe(declared), stream), layout => Compare(name, layout, declared));
    }

    private static SchemaDifference[] Compare(string table, string layout, SeriesShape declared)
    {
        if (Layout.ReadSeries(table, layout) is not { } stored)
        {
            return [new(DifferenceKind.SeriesType, declared.Name, "type", Layout.StreamType, declared.Type)];
        }

        // The table is the interval's, whatever a naming convention or a hash made of its name.
        var named = stored.Intervals.Zip(declared.Intervals, (was, now) => was with { Name = now.Name });
        return Errors(SchemaComparer.Compare(stored with { Intervals = [.. named] }, declared));
    }

    private static SchemaDifference[] Compare(string table, string layout, StreamShape declared)
    {
        if (Layout.ReadStream(layout) is { } stored)
        {
            return Errors(SchemaComparer.Compare(stored, declared));
        }

        var type = Layout.ReadSeries(table, layout)?.Type ?? "unknown";
        return [new(DifferenceKind.StreamName, declared.Name, "type", type, Layout.StreamType) { IsOfStream = true }];
    }

    private static SchemaDifference[] Errors(IEnumerable<SchemaDifference> differences) =>
        [.. differences.Where(difference => difference.Verdict == Verdict.Error)];
}
