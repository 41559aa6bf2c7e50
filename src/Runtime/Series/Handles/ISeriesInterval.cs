using Typed.Series.Plans;

namespace Typed;

/// <summary>An interval of a series in one store: a member of a handle, such as <c>series.Day</c>.</summary>
public interface ISeriesInterval
{
    internal IntervalPlan Plan { get; }
}
