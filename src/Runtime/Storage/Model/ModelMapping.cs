using Microsoft.EntityFrameworkCore;
using Typed.Schema;
using Typed.Schema.Shapes;
using Typed.Storage.Tables;

namespace Typed.Storage.Model;

/// <summary>Maps a set of declared types, and the store's own tables, into an EF model.</summary>
internal static class ModelMapping
{
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

    /// <summary>Maps declared types.</summary>
    /// <exception cref="InvalidOperationException">Two declared types would share a table.</exception>
    public static void Map(ModelBuilder model, DeclarationSet declarations, Engine engine)
    {
        TableDefinitions.ThrowIfShared(declarations);
        foreach (var series in declarations.Series)
        {
            SeriesModel.Map(model, series, engine);
        }

        foreach (var stream in declarations.Streams)
        {
            StreamModel.Map(model, stream, engine);
        }
    }
}
