using Typed.Generated;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Typed.Streams.Json;

namespace Typed.Conformance.Tests.Streams;

/// <summary>Single values at random, against the framework's writer.</summary>
public sealed class BodyWriterTests
{
    private const int Rounds = 3_000;

    [Fact]
    public void Texts()
    {
        const string Alphabet = "aZ09 ~\"\\&'+<>`/\u0000\u0001\b\t\n\f\r\u001f\u007f\u0080é\u2028\uD83D\uDE00\uE000\uFFFD\uFFFF";
        Compare(
            random => string.Create(random.Next(40), random, (text, source) => source.GetItems(Alphabet.AsSpan(), text)),
            (writer, value) => writer.Value(value),
            (json, value) => json.WriteStringValue(value));
        Compare(
            random => string.Create(random.Next(300), random, (text, source) => source.GetItems("abcdefghij é".AsSpan(), text)),
            (writer, value) => writer.Value(value),
            (json, value) => json.WriteStringValue(value));
    }

    [Fact]
    public void Numbers()
    {
        Compare(random => Finite(BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))), (writer, value) => writer.Value(value), (json, value) => json.WriteNumberValue(value));
        Compare(random => Math.Round(random.NextDouble() * Math.Pow(10, random.Next(-10, 20)), 3), (writer, value) => writer.Value(value), (json, value) => json.WriteNumberValue(value));
        Compare(random => (float)Finite(BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue))), (writer, value) => writer.Value(value), (json, value) => json.WriteNumberValue(value));
        Compare(random => new decimal(random.Next(), random.Next(), random.Next(), random.Next(2) == 0, (byte)random.Next(29)), (writer, value) => writer.Value(value), (json, value) => json.WriteNumberValue(value));
        Compare(random => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64), (writer, value) => writer.Value(value), (json, value) => json.WriteNumberValue(value));
        Compare(random => (ulong)random.NextInt64(long.MinValue, long.MaxValue), (writer, value) => writer.Value(value), (json, value) => json.WriteNumberValue(value));
    }

    [Fact]
    public void Times()
    {
        Compare(random => new DateTime(Ticks(random), DateTimeKind.Utc), (writer, value) => writer.Value(value), (json, value) => json.WriteStringValue(value));
        Compare(
            random => new DateTimeOffset(Math.Clamp(Ticks(random), TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay), TimeSpan.FromMinutes(random.Next(-840, 841))),
            (writer, value) => writer.Value(value),
            (json, value) => json.WriteStringValue(value));
        Compare(random => new TimeSpan(random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64)), (writer, value) => writer.Value(value), (json, value) => JsonMetadataServices.TimeSpanConverter.Write(json, value, JsonSerializerOptions.Default));
        Compare(random => new TimeOnly(random.NextInt64(TimeSpan.TicksPerDay)), (writer, value) => writer.Value(value), (json, value) => JsonMetadataServices.TimeOnlyConverter.Write(json, value, JsonSerializerOptions.Default));
        Compare(random => DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber)), (writer, value) => writer.Value(value), (json, value) => JsonMetadataServices.DateOnlyConverter.Write(json, value, JsonSerializerOptions.Default));
    }

    [Fact]
    public void Bytes_and_ids()
    {
        Compare(
            random =>
            {
                var bytes = new byte[random.Next(50)];
                random.NextBytes(bytes);
                return bytes;
            },
            (writer, value) => writer.Value(value),
            (json, value) => json.WriteBase64StringValue(value));
        Compare(_ => Guid.NewGuid(), (writer, value) => writer.Value(value), (json, value) => json.WriteStringValue(value));
    }

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;

    // As often without a fraction, or with a short one, as with a full one.
    private static long Ticks(Random random)
    {
        var ticks = random.NextInt64(DateTime.MaxValue.Ticks);
        var cut = (long)Math.Pow(10, random.Next(9));
        return ticks / cut * cut;
    }

    private static void Compare<T>(Func<Random, T> draw, Action<Utf8BodyWriter, T> write, Action<Utf8JsonWriter, T> framework)
    {
        var random = new Random(11);
        using var buffer = new BodyBuffer(16);
        using var stream = new MemoryStream();
        using var json = new Utf8JsonWriter(stream);
        for (var i = 0; i < Rounds; i++)
        {
            var value = draw(random);
            buffer.Clear();
            write(new Utf8BodyWriter(buffer), value);
            stream.SetLength(0);
            json.Reset();
            framework(json, value);
            json.Flush();
            Assert.Equal(Encoding.UTF8.GetString(stream.ToArray()) + ",", Encoding.UTF8.GetString(buffer.Written.Span));
        }
    }
}
