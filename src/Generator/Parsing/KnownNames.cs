namespace Typed.Generator.Parsing;

/// <summary>Metadata names of what users write.</summary>
internal static class KnownNames
{
    public const string TimeSeries = "Typed.TimeSeriesAttribute";
    public const string SeriesKey = "Typed.SeriesKeyAttribute";
    public const string SeriesValue = "Typed.SeriesValueAttribute";
    public const string SeriesTime = "Typed.SeriesTimeAttribute";
    public const string EventStream = "Typed.EventStreamAttribute";
    public const string EventTime = "Typed.EventTimeAttribute";
    public const string TypedModule = "Typed.TypedModuleAttribute";
}
