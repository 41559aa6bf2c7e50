using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Typed.Generated;
using Typed.Streams;

namespace Typed.Benchmarks.Streams;

/// <summary>
/// Emitted serializers beside the framework's source generator, each as a store would use it: one writer for many events.
/// Ours includes the checks before a put. Below 1 is faster, or fewer bytes.
/// </summary>
internal static class SerializerRatios
{
    private const int Samples = 21;
    private const int Repeats = 4_000;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1.5);

    public static void Run(TextWriter output)
    {
        Measure(output, "page view", SampleEvents.PageView, SampleJson.Default.PageView);
        Measure(output, "request", SampleEvents.Request, SampleJson.Default.Request);
        Measure(output, "reading", SampleEvents.Reading, SampleJson.Default.Reading);
        Measure(output, "order", SampleEvents.Order, SampleJson.Default.Order);
    }

    private static void Measure<T>(TextWriter output, string name, T value, JsonTypeInfo<T> framework)
        where T : IEventBody<T>
    {
        using var buffer = new BodyBuffer(1 << 16);
        var bytes = new ArrayBufferWriter<byte>(1 << 16);
        using var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { SkipValidation = true });

        void Write()
        {
            buffer.Clear();
            if (buffer.Write(value, 1 << 20) is not null)
            {
                throw new InvalidOperationException("The sample is refused.");
            }
        }

        void FrameworkWrite()
        {
            bytes.ResetWrittenCount();
            json.Reset();
            JsonSerializer.Serialize(json, value, framework);
            json.Flush();
        }

        Write();
        FrameworkWrite();
        if (!buffer.Written.Span.SequenceEqual(bytes.WrittenSpan))
        {
            throw new InvalidOperationException($"{name}: the texts differ.");
        }

        var text = buffer.Written.ToArray();
        Compare(output, name + ", write", Write, FrameworkWrite);
        Compare(output, name + ", read", () => BodyText.Read<T>(text), () => JsonSerializer.Deserialize(text, framework));
    }

    private static void Compare(TextWriter output, string name, Action ours, Action theirs)
    {
        // Long enough for the runtime to settle on its final code; then in turns, so that both see the same machine.
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
        {
            Sample(ours);
            Sample(theirs);
        }

        var samples = Enumerable.Range(0, Samples).Select(_ => (Ours: Sample(ours), Theirs: Sample(theirs))).ToArray();
        var time = Median(samples.Select(sample => sample.Ours.Time / sample.Theirs.Time));
        var ourTime = Median(samples.Select(sample => sample.Ours.Time));
        var (ourBytes, theirBytes) = (samples[0].Ours.Bytes, samples[0].Theirs.Bytes);
        var memory = theirBytes == 0 ? (ourBytes == 0 ? "0/0" : "∞") : (ourBytes / theirBytes).ToString("0.00", CultureInfo.InvariantCulture);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-18} time {time:0.00} ({ourTime:0} ns)  allocation {memory} ({ourBytes:0} B)"));
    }

    private static (double Time, double Bytes) Sample(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Repeats; i++)
        {
            action();
        }

        var time = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Repeats;
        return (time, (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Repeats);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
