using System.ComponentModel;
using Microsoft.EntityFrameworkCore.Metadata;
using Typed.Storage;
using Typed.Storage.Tables;

namespace Typed.Generated;

/// <summary>The tables of an EF model, for plans to build their statements on.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SeriesTables
{
    private readonly IModel _model;

    internal SeriesTables(IModel model, Dialect dialect) => (_model, Dialect) = (model, dialect);

    internal Dialect Dialect { get; }

    internal StreamTable Stream(StreamDefinition stream) => new(_model, Dialect, stream);

    internal PointTable Points(SeriesDefinition series) => new(_model, Dialect, series);

    internal IntervalTable Table(SeriesDefinition series, string interval) => new(_model, Dialect, series, interval);
}
