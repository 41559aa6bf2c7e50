using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;
using Typed.Schema;
using Typed.Storage;
using Typed.Storage.Model;
using Typed.Storage.Statements;
using Typed.Storage.Tables;
using Typed.Time;

namespace Typed.Generated;

/// <summary>
/// The tables of one store or EF model, and the objects built from them once per declared type: the plan of a series, the statements of a stream.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModelTables
{
    private static readonly ConditionalWeakTable<IModel, ModelTables> s_models = [];

    private readonly ConcurrentDictionary<Type, object> _built = new();
    private readonly TableNaming _naming;

    internal ModelTables(TableNaming naming, Dialect dialect) => (_naming, Dialect) = (naming, dialect);

    internal Dialect Dialect { get; }

    /// <summary>The tables of an EF model.</summary>
    internal static ModelTables Get(IModel model, Dialect dialect) => s_models.GetValue(model, missing => new(new ModelNaming(missing), dialect));

    /// <summary>Gets the object that belongs to a declared type, and builds it at the first use.</summary>
    /// <exception cref="InvalidOperationException">The model does not map the type.</exception>
    internal TBuilt GetOrBuild<TBuilt>(Type declared, Func<ModelTables, TBuilt> build)
        where TBuilt : class =>
        (TBuilt)_built.GetOrAdd(declared, static (_, of) => of.build(of.tables), (build, tables: this));

    /// <summary>The statements of a stream.</summary>
    /// <exception cref="InvalidOperationException">The model does not map the type.</exception>
    internal StreamStatements Stream(StreamDefinition stream) =>
        (StreamStatements)_built.GetOrAdd(
            stream.BodyType, static (_, of) => new StreamStatements(of.tables.Table(of.stream), of.tables.Dialect), (tables: this, stream));

    /// <summary>The tables in which those of a series are made anew, beside them.</summary>
    internal ModelTables Staged() => new(new StagedNaming(_naming), Dialect);

    /// <summary>Each table of a series, with the one in which its rows are made anew.</summary>
    internal IEnumerable<(StagedTable Table, Interval? Interval)> Staged(SeriesDefinition series) => series.Type == SeriesType.Series
        ? [(new(Named(SeriesTables.Points(series, Dialect), series), SeriesColumns.Time, Dialect), null)]
        : series.Intervals.Select(interval => (
            new StagedTable(Named(SeriesTables.Buckets(series, interval.Name, interval.IsFine), series), SeriesColumns.Bucket, Dialect), (Interval?)interval));

    /// <summary>Selects, for each table of a series, the namespaces that hold data.</summary>
    internal IEnumerable<string> Namespaces(SeriesDefinition series) => (series.Type == SeriesType.Series
        ? [Points(series)]
        : series.Intervals.Select(interval => (StoredTable)Interval(series, interval.Name)))
        .Select(table => LooseScan.Distinct(table.Sql, table.Keys[0]));

    internal PointTable Points(SeriesDefinition series) => new(Named(SeriesTables.Points(series, Dialect), series), Dialect, series);

    internal IntervalTable Interval(SeriesDefinition series, string interval)
    {
        var isFine = series.Intervals.First(one => string.Equals(one.Name, interval, StringComparison.Ordinal)).IsFine;
        return new(Named(SeriesTables.Buckets(series, interval, isFine), series), Dialect, series);
    }

    private TableDefinition Named(TableDefinition table, SeriesDefinition series) => _naming.Name(table, series.RowType, series.PointType);

    private StreamTable Table(StreamDefinition stream) =>
        new(_naming.Name(StreamTables.Of(stream, Dialect), stream.EntityType, stream.BodyType), Dialect, stream);
}
