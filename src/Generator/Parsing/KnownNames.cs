namespace Typed.Generator.Parsing;

/// <summary>Metadata names of what users write, and of the generator.</summary>
internal static class KnownNames
{
    public const string TimeSeries = "Typed.TimeSeriesAttribute";
    public const string SeriesKey = "Typed.SeriesKeyAttribute";
    public const string SeriesValue = "Typed.SeriesValueAttribute";
    public const string SeriesTime = "Typed.SeriesTimeAttribute";
    public const string EventStream = "Typed.EventStreamAttribute";
    public const string EventTime = "Typed.EventTimeAttribute";
    public const string Feeds = "Typed.FeedsAttribute`1";
    public const string Upcast = "Typed.UpcastAttribute";
    public const string FormerName = "Typed.FormerNameAttribute";
    public const string TypedModule = "Typed.TypedModuleAttribute";
    public const string TypedModuleOnRequest = "Typed.TypedModuleOnRequestAttribute";
    public const string TypedEngine = "Typed.TypedEngineAttribute";

    public const string NotMapped = "System.ComponentModel.DataAnnotations.Schema.NotMappedAttribute";

    /// <summary>EF Core's own.</summary>
    public const string Key = "System.ComponentModel.DataAnnotations.KeyAttribute";

    /// <summary>The class of the generator: the compiler puts emitted files into a folder of that name.</summary>
    public const string Generator = "Typed.Generator.TypedGenerator";

    /// <summary>The attributes on members of a time series.</summary>
    public static readonly string[] MemberAttributes = [SeriesKey, SeriesValue, SeriesTime];
}
