using System.Numerics;
using Typed.Values;

namespace Typed.Runtime.Tests.Storage;

public class ExactDecimalsTests
{
    private static readonly decimal[] s_values =
    [
        0m, 1m, 0.1m, 0.5m, 3m, 1.0000000000000000000000000001m, 0.0000000000000000000000000001m, 7.9228162514264337593543950335m, 10_000_000_000_000_000_000_000_000_000m,
        79228162514264337593543950334m, decimal.MaxValue, 123456789.987654321m, 9.9999999999999999999999999999m, 5000000000000000000000000000.1m,
    ];

    /// <summary>Against integers of any length: what decimal can hold is the sum, anything else an error.</summary>
    [Fact]
    public void A_sum_is_exact_or_an_error()
    {
        var all = s_values.Concat(s_values.Select(value => -value)).ToArray();
        var random = new Random(1);
        var pairs = all.SelectMany(a => all.Select(b => (a, b))).Concat(Enumerable.Range(0, 20_000).Select(_ => (Any(), Any())));
        var refused = 0;
        foreach (var (left, right) in pairs)
        {
            var exact = ExactDecimals.Units(left) + ExactDecimals.Units(right);
            var fits = Fits(exact);
            refused += fits ? 0 : 1;
            foreach (var sum in new Func<decimal>[] { () => ExactDecimals.Add(left, right), () => ExactDecimals.FromUnits(exact) })
            {
                if (fits)
                {
                    Assert.Equal(exact, ExactDecimals.Units(sum()));
                }
                else
                {
                    Assert.Throws<OverflowException>(() => sum());
                }
            }
        }

        Assert.InRange(refused, 1_000, 20_000); // both ways are really taken

        decimal Any() => new(random.Next(), random.Next(), random.Next(2) == 0 ? 0 : random.Next(), random.Next(2) == 0, (byte)random.Next(29));
    }

    [Theory]
    [InlineData("1", "10000000000000000000000000000")]
    [InlineData("-0.0000000000000000000000000001", "-1")]
    [InlineData("79228162514264337593543950335", "792281625142643375935439503350000000000000000000000000000")]
    public void Units_are_the_last_digit(string value, string units) =>
        Assert.Equal(BigInteger.Parse(units, System.Globalization.CultureInfo.InvariantCulture), ExactDecimals.Units(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture)));

    private static bool Fits(BigInteger units)
    {
        var (mantissa, scale) = (BigInteger.Abs(units), 28);
        while (scale > 0 && mantissa % 10 == 0)
        {
            (mantissa, scale) = (mantissa / 10, scale - 1);
        }

        return mantissa <= (BigInteger)decimal.MaxValue;
    }
}
