namespace Typed.Storage.Statements;

/// <summary>Which statistics the value type has: every type is counted, temporal ones have extremes, numbers have sums too.</summary>
internal enum StatisticsShape
{
    Count,
    Extremes,
    IntegerSum,
    FloatSum,
    DecimalSum,
}
