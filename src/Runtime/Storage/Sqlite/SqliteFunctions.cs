using System.Globalization;
using System.Numerics;
using Microsoft.Data.Sqlite;

namespace Typed.Storage.Sqlite;

/// <summary>What every connection of a store registers: decimals, kept as canonical text, are added and compared, and numbers read from text exactly.</summary>
internal static class SqliteFunctions
{
    public const string Real = "typed_real";
    public const string DecimalAdd = "typed_decimal_add";
    public const string DecimalSum = "typed_decimal_sum";
    public const string DecimalMin = "typed_decimal_min";
    public const string DecimalMax = "typed_decimal_max";

    public static void Register(SqliteConnection connection)
    {
        connection.CreateFunction<string, double>(Real, static text => double.Parse(text, CultureInfo.InvariantCulture), isDeterministic: true);
        connection.CreateFunction<string, string, string>(DecimalAdd, static (a, b) => SqliteTexts.Of(ExactDecimals.Add(Parse(a), Parse(b))), isDeterministic: true);
        connection.CreateAggregate<string, long, BigInteger, string>(
            DecimalSum, BigInteger.Zero, static (sum, value, weight) => sum + (ExactDecimals.Units(Parse(value)) * weight), static sum => SqliteTexts.Of(ExactDecimals.FromUnits(sum)), isDeterministic: true);
        connection.CreateAggregate<string, decimal?, string?>(
            DecimalMin, null, static (min, value) => min is { } m && m <= Parse(value) ? m : Parse(value), static min => min is { } m ? SqliteTexts.Of(m) : null, isDeterministic: true);
        connection.CreateAggregate<string, decimal?, string?>(
            DecimalMax, null, static (max, value) => max is { } m && m >= Parse(value) ? m : Parse(value), static max => max is { } m ? SqliteTexts.Of(m) : null, isDeterministic: true);
    }

    public static decimal Parse(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);
}
