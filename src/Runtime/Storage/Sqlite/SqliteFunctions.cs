using System.Globalization;
using System.Numerics;
using Microsoft.Data.Sqlite;

namespace Typed.Storage.Sqlite;

/// <summary>Decimals on SQLite: canonical text, added and compared by functions that every connection of a store registers.</summary>
internal static class SqliteFunctions
{
    public const string DecimalAdd = "typed_decimal_add";
    public const string DecimalSum = "typed_decimal_sum";
    public const string DecimalMin = "typed_decimal_min";
    public const string DecimalMax = "typed_decimal_max";

    /// <summary>The form in which Microsoft.Data.Sqlite writes a decimal too, so that LINQ compares equal texts.</summary>
    private const string Canonical = "0.0###########################";

    public static void Register(SqliteConnection connection)
    {
        connection.CreateFunction<string, string, string>(DecimalAdd, static (a, b) => Format(ExactDecimals.Add(Parse(a), Parse(b))), isDeterministic: true);
        connection.CreateAggregate<string, long, BigInteger, string>(
            DecimalSum, BigInteger.Zero, static (sum, value, weight) => sum + (ExactDecimals.Units(Parse(value)) * weight), static sum => Format(ExactDecimals.FromUnits(sum)), isDeterministic: true);
        connection.CreateAggregate<string, decimal?, string?>(
            DecimalMin, null, static (min, value) => min is { } m && m <= Parse(value) ? m : Parse(value), static min => min is { } m ? Format(m) : null, isDeterministic: true);
        connection.CreateAggregate<string, decimal?, string?>(
            DecimalMax, null, static (max, value) => max is { } m && m >= Parse(value) ? m : Parse(value), static max => max is { } m ? Format(m) : null, isDeterministic: true);
    }

    public static string Format(decimal value) => value.ToString(Canonical, CultureInfo.InvariantCulture);

    public static decimal Parse(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);
}
