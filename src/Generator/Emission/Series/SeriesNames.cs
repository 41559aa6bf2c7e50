using Typed.Generator.Model;
using Typed.Generator.Model.Series;

namespace Typed.Generator.Emission.Series;

/// <summary>The types that emitted members of a series speak of, as C#.</summary>
internal sealed class SeriesNames
{
    public SeriesNames(SeriesModel series)
    {
        var combined = series.Combined;
        Point = series.Type.FullName;
        Value = combined.Name;
        Key = series.Keys.Count > 0 ? $"{Point}.{series.Names.Key}" : "global::Typed.Generated.NoKey";
        Interface = $"global::Typed.Generated.ITimeSeries<{Point}, {Key}, {Value}>";
        Binding = $"global::Typed.Generated.SeriesBinding<{Point}, {Key}, {Value}>";
        Bind = $"global::Typed.Generated.SeriesBindings.In<{Point}, {Key}, {Value}>";
        Plan = $"global::Typed.Generated.SeriesPlan<{Point}, {Key}, {Value}>";
        (Statistics, StatisticsFactory) = NameStatistics(series, combined);
        Read = series.Kind switch
        {
            SeriesType.Histogram => $"global::Typed.Histogram<{Value}>",
            SeriesType.Count => Value,
            SeriesType.Summary => $"global::Typed.Summary<{Value}>",
            SeriesType.Gauge => $"{Value}?",
            SeriesType.Set => $"global::System.Collections.Generic.IReadOnlySet<{Value}>",
            _ => $"global::System.Collections.Generic.IReadOnlyList<{Value}>",
        };
        Definition = $"{series.Type.MetadataName.Replace('.', '_').Replace('+', '_')}_Definition";
    }

    /// <summary>The declared type.</summary>
    public string Point { get; }

    /// <summary>The type of values as they are combined.</summary>
    public string Value { get; }

    public string Key { get; }

    public string Interface { get; }

    public string Binding { get; }

    public string Bind { get; }

    public string Plan { get; }

    /// <summary>The type that a bucket reads as.</summary>
    public string Read { get; }

    /// <summary>The type of a bucket's statistics.</summary>
    public string Statistics { get; }

    /// <summary>The expression that makes the statistics' factory at run time.</summary>
    public string StatisticsFactory { get; }

    /// <summary>The file-local class that holds the definition.</summary>
    public string Definition { get; }

    private static (string Type, string Factory) NameStatistics(SeriesModel series, StoredType value)
    {
        const string Root = "global::Typed.";
        const string Factory = "global::Typed.Generated.Statistics.";
        var arguments = $"<{value.Name}, {value.Column}>()";
        return (series.Kind, value.Category) switch
        {
            (SeriesType.Count, _) => ($"{Root}TotalStatistics<{value.Name}>", ""),
            (_, ValueCategory.Integer) => ($"{Root}NumericStatistics<{value.Name}, long, double>", $"{Factory}Integer{arguments}"),
            (_, ValueCategory.Float) => ($"{Root}NumericStatistics<{value.Name}, double, double>", $"{Factory}Float{arguments}"),
            (_, ValueCategory.Decimal) => ($"{Root}NumericStatistics<decimal, decimal, decimal>", $"{Factory}Decimal()"),
            (_, ValueCategory.Temporal) => ($"{Root}TemporalStatistics<{value.Name}>", $"{Factory}Temporal{arguments}"),
            _ => ($"{Root}CountStatistics", $"{Factory}Counted<{value.Name}>()"),
        };
    }
}
