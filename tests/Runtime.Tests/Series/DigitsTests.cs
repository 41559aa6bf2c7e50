using System.Globalization;
using System.Numerics;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;
using Typed.Values;

namespace Typed.Runtime.Tests.Series;

/// <summary>Significant digits against whole numbers of any size, made of the shortest text of the number.</summary>
public class SignificantDigitsTests
{
    private static readonly double[] s_doubles =
    [
        0, -0.0, 1, -1, 9.5, 0.95, 99.5, 995, 1.005, 2.675, 1e15, 1e16, 9.995e22, 1e23, 123456789012345678, 0.1, 0.15, 0.25, 0.35, 1.45, 14.5, -14.5,
        double.Epsilon, 4.9e-320, 2.2250738585072014E-308, 1.7e308, 1.5e-20, 9.5e34, 1.25e35, Math.PI, 1 / 3.0, 4503599627370497.5,
    ];

    [Fact]
    public void Doubles()
    {
        var random = new Random(1);
        var values = s_doubles.Concat(Enumerable.Range(0, 100_000).Select(i => (i % 4) switch
        {
            0 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
            1 => random.NextDouble() * Math.Pow(10, random.Next(-30, 30)),
            2 => random.Next(100_000) / 1000.0, // ties among them
            _ => BitConverter.Int64BitsToDouble(random.NextInt64(1L << 52)), // subnormal
        })).Where(double.IsFinite);
        foreach (var value in values)
        {
            var digits = random.Next(1, 16);
            var expected = double.Parse(Rounded(value.ToString("R", CultureInfo.InvariantCulture), digits), CultureInfo.InvariantCulture);
            if (double.IsFinite(expected))
            {
                Assert.Equal(expected, SignificantDigits.Round(value, digits));
            }
            else
            {
                Assert.Throws<OverflowException>(() => SignificantDigits.Round(value, digits));
            }
        }
    }

    [Fact]
    public void Floats()
    {
        var random = new Random(2);
        var values = Enumerable.Range(0, 100_000).Select(i => (i % 3) switch
        {
            0 => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)),
            1 => random.Next(100_000) / 1000f,
            _ => random.NextSingle(),
        }).Where(float.IsFinite).Append(float.Epsilon).Append(float.MaxValue).Append(0.15f);
        foreach (var value in values)
        {
            var digits = random.Next(1, 16);
            var expected = float.Parse(Rounded(value.ToString("R", CultureInfo.InvariantCulture), digits), CultureInfo.InvariantCulture);
            if (float.IsFinite(expected))
            {
                Assert.Equal(expected, SignificantDigits.Round(value, digits));
            }
            else
            {
                Assert.Throws<OverflowException>(() => SignificantDigits.Round(value, digits));
            }
        }
    }

    [Fact]
    public void Decimals()
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, 100_000)
            .Select(i => new decimal(random.Next(), i % 2 == 0 ? 0 : random.Next(), i % 4 == 3 ? random.Next() : 0, i % 5 == 0, (byte)random.Next(29)))
            .Concat([0m, 0.00m, 1.50m, 9.95m, -9.95m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, 79228162514264337593543950335m]);
        foreach (var value in values)
        {
            var digits = random.Next(1, 16);
            var text = Rounded(value.ToString(CultureInfo.InvariantCulture), digits);
            if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var expected))
            {
                Assert.Equal(expected, SignificantDigits.Round(value, digits));
            }
            else
            {
                Assert.Throws<OverflowException>(() => SignificantDigits.Round(value, digits));
            }
        }
    }

    /// <summary>The text of the rounded number.</summary>
    private static string Rounded(string shortest, int digits)
    {
        var parts = shortest.Split('E');
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        exponent -= point < 0 ? 0 : parts[0].Length - point - 1;
        var whole = BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        var size = BigInteger.Abs(whole);
        var length = size.IsZero ? 0 : size.ToString(CultureInfo.InvariantCulture).Length;
        if (length > digits)
        {
            var unit = BigInteger.Pow(10, length - digits);
            size = (size + (unit / 2)) / unit;
            exponent += length - digits;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(parts[0][0] == '-' ? "-" : "")}{size}E{exponent}");
    }
}

/// <summary>Histograms that keep some digits.</summary>
public abstract class DigitsTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Values_of_equal_digits_are_one()
    {
        await using var store = await OpenAsync(o => o.Only<TwoDigits>().Only<TwoDigitsOfDecimal>().Only<ThreeDigitsOfSingle>());
        await TwoDigits.In(store).InsertAsync([new TwoDigits("k", 123.4), new TwoDigits("k", 118), new TwoDigits("k", -0.125), new TwoDigits("k", 0)]);
        await TwoDigits.In(store).InsertAsync("k", 125, count: 2);
        await TwoDigitsOfDecimal.In(store).InsertAsync("k", 1.250m);
        await TwoDigitsOfDecimal.In(store).Post("k", 1.3m);
        await ThreeDigitsOfSingle.In(store).InsertAsync(new ThreeDigitsOfSingle(0.10049f));
        await store.FlushAsync();

        Assert.Equal([(-0.13, 1L), (0, 1), (120, 2), (130, 2)], (await TwoDigits.In(store).Hour.GetAsync("k")).Value.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal([(1.3m, 2L)], (await TwoDigitsOfDecimal.In(store).Hour.GetAsync("k")).Value.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal(0.1f, (await ThreeDigitsOfSingle.In(store).Hour.GetAsync()).Value.Max());
    }

    [Fact]
    public async Task A_number_that_has_no_room_for_its_digits_is_refused()
    {
        await using var store = await OpenAsync(o => o.Only<TwoDigits>().Only<TwoDigitsOfDecimal>());
        var refused = await Assert.ThrowsAsync<RejectedPointException>(async () => await TwoDigits.In(store).InsertAsync("k", double.MaxValue));
        Assert.Equal("Value", refused.Member);
        Assert.Contains("rounded to 2 digits", refused.Message, StringComparison.Ordinal);
        await TwoDigitsOfDecimal.In(store).InsertAsync("k", decimal.MaxValue - 5);
        Assert.Equal(79m * 1_000_000_000_000_000_000_000_000_000m, (await TwoDigitsOfDecimal.In(store).Hour.GetAsync("k")).Value.Max());
    }
}

public sealed class DigitsTestsOnSqlite() : DigitsTests(DatabaseServer.Sqlite);

public sealed class DigitsTestsOnPostgres() : DigitsTests(DatabaseServer.Postgres);
