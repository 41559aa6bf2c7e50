using Microsoft.EntityFrameworkCore;
using Typed.Schema;
using Typed.Schema.Shapes;

namespace Typed.Storage.Model;

/// <summary>Maps a set of declared types, and the store's own tables, into an EF model.</summary>
internal static class ModelMapping
{
    private const string WayOut =
        "Give one of the types another Name in its attribute, or choose the types: with Only<T>() those of a store, with AddTyped(modules) those of a context.";

    private const string OneFile =
        "Both are one file that two assemblies compile: compile it into one of them and reference that one from the other, or choose one of the types: "
        + "with Include(module) those of a store, with AddTyped(modules) those of a context.";

    /// <summary>Maps the model of a store, with the store's own tables.</summary>
    /// <param name="model">The model.</param>
    /// <param name="declarations">The declared types whose tables the store makes.</param>
    /// <param name="engine">The database.</param>
    /// <param name="isFollowed">Whether the store holds a stream that can be followed, be its table an application's.</param>
    /// <exception cref="InvalidOperationException">Two declared types would share a table.</exception>
    public static void MapStore(ModelBuilder model, DeclarationSet declarations, Engine engine, bool isFollowed)
    {
        SystemModel.Map(model, engine.Mapping, isFollowed);
        Map(model, declarations, engine);
    }

    /// <summary>
    /// Maps declared types into an application's model, which has no catalog. The layout of a table is its comment there, so that a migration shows a changed
    /// grid of an interval, which no column would show, and so that the first use finds out what the database has.
    /// </summary>
    /// <exception cref="InvalidOperationException">Two declared types would share a table.</exception>
    public static void MapOwn(ModelBuilder model, DeclarationSet declarations, Engine engine)
    {
        Map(model, declarations, engine);
        foreach (var series in declarations.Series)
        {
            foreach (var (table, intervals) in SeriesTableNames.List(series))
            {
                Comment(table, Layout.DescribeUnnamed(DeclaredShapes.Of(series, intervals)));
            }
        }

        foreach (var stream in declarations.Streams)
        {
            Comment(stream.Table, Layout.Describe(DeclaredShapes.Of(stream)));
        }

        void Comment(string table, string layout) =>
            model.Model.FindEntityType(table)!.SetComment(layout.Replace("\n", Layout.Separator, StringComparison.Ordinal));
    }

    private static void Map(ModelBuilder model, DeclarationSet declarations, Engine engine)
    {
        var tables = Names.Own.ToDictionary(table => table, static _ => (Owner: "Typed", Declared: (Type?)null), StringComparer.OrdinalIgnoreCase);
        foreach (var series in declarations.Series)
        {
            foreach (var (table, intervals) in SeriesTableNames.List(series))
            {
                Take(table, $"{declarations.NameOf(series.PointType)}, interval '{intervals[0].Name}'", series.PointType);
            }
        }

        foreach (var stream in declarations.Streams)
        {
            Take(stream.Table, $"{declarations.NameOf(stream.BodyType)} (stream '{stream.Name}')", stream.BodyType);
        }

        foreach (var series in declarations.Series)
        {
            SeriesModel.Map(model, series, engine.Mapping);
        }

        foreach (var stream in declarations.Streams)
        {
            StreamModel.Map(model, stream, engine);
        }

        void Take(string table, string owner, Type declared)
        {
            if (!tables.TryAdd(table, (owner, declared)))
            {
                var first = tables[table];
                throw new InvalidOperationException(
                    $"{owner} and {first.Owner} would share the table '{table}'. {(DeclarationSet.IsTwin(declared, first.Declared) ? OneFile : WayOut)}");
            }
        }
    }
}
