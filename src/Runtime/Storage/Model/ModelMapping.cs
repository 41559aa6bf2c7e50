using Microsoft.EntityFrameworkCore;
using Typed.Schema;

namespace Typed.Storage.Model;

/// <summary>Maps a set of declared types, and the store's own tables, into an EF model.</summary>
internal static class ModelMapping
{
    /// <summary>The model of a store: its own tables too.</summary>
    public static void MapStore(ModelBuilder model, DeclarationSet declarations, DatabaseKind database)
    {
        SystemModel.Map(model, database);
        Map(model, declarations, database, ofStore: true);
    }

    /// <exception cref="InvalidOperationException">Two declared types would share a table.</exception>
    public static void Map(ModelBuilder model, DeclarationSet declarations, DatabaseKind database, bool ofStore = false)
    {
        var tables = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [SystemModel.Catalog] = "Typed", [SystemModel.Writers] = "Typed" };
        foreach (var series in declarations.Series)
        {
            foreach (var (table, intervals) in SeriesTableNames.Of(series))
            {
                var owner = $"{series.PointType.FullName}, interval '{intervals[0].Name}'";
                if (!tables.TryAdd(table, owner))
                {
                    throw new InvalidOperationException(
                        $"{owner} and {tables[table]} would share the table '{table}'. Give one of the types another Name in its attribute, or choose the types of this store with Only<T>().");
                }
            }

            SeriesModel.Map(model, series, database);
        }

        foreach (var stream in declarations.Streams)
        {
            var owner = $"{stream.BodyType.FullName} (stream '{stream.Name}')";
            if (!tables.TryAdd(stream.Table, owner))
            {
                throw new InvalidOperationException(
                    $"{owner} and {tables[stream.Table]} would share the table '{stream.Table}'. Give one of the types another Name in its attribute, or choose the types of this store with Only<T>().");
            }

            StreamModel.Map(model, stream, database, ofStore);
        }
    }
}
