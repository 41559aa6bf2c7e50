using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Typed.Benchmarks.Ratios;
using Typed.Generated;
using Typed.Streams.Json;

namespace Typed.Benchmarks.Streams;

/// <summary>
/// An emitted serializer beside the framework's source generator, each as a store would use it: one writer for many events.
/// Ours includes the checks before a put.
/// </summary>
public abstract class SerializerRatio<T>(string name, T value, JsonTypeInfo<T> framework, bool writes) : IRatio
    where T : IEventBody<T>
{
    private const int Events = 4_000;

    private readonly BodyBuffer _buffer = new(1 << 16);
    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 16);
    private readonly Utf8JsonWriter _json = new(Stream.Null, new JsonWriterOptions { SkipValidation = true });
    private byte[] _text = [];

    public string Name => $"events: {(writes ? "write" : "read")} {name} ×{Events}";

    public double Limit => 1.0;

    // Long enough for the runtime to settle on its final code.
    public int WarmUpPairs => 60;

    public Task SetUpAsync()
    {
        OursWrite();
        TheirsWrite();
        _text = _buffer.Written.ToArray();
        return _text.AsSpan().SequenceEqual(_bytes.WrittenSpan) ? Task.CompletedTask : throw new InvalidOperationException("The texts differ.");
    }

    public ValueTask Ours()
    {
        for (var i = 0; i < Events; i++)
        {
            if (writes)
            {
                OursWrite();
            }
            else
            {
                BodyText.Read<T>(_text);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask Theirs()
    {
        for (var i = 0; i < Events; i++)
        {
            if (writes)
            {
                TheirsWrite();
            }
            else
            {
                JsonSerializer.Deserialize(_text, framework);
            }
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _buffer.Dispose();
        await _json.DisposeAsync();
    }

    private void OursWrite()
    {
        _buffer.Clear();
        if (_buffer.Write(value, 1 << 20) is not null)
        {
            throw new InvalidOperationException("The sample is refused.");
        }
    }

    private void TheirsWrite()
    {
        _bytes.ResetWrittenCount();
        _json.Reset(_bytes);
        JsonSerializer.Serialize(_json, value, framework);
        _json.Flush();
    }
}

public sealed class WritePageView() : SerializerRatio<PageView>("page view", SampleEvents.PageView, SampleJson.Default.PageView, writes: true);

public sealed class ReadPageView() : SerializerRatio<PageView>("page view", SampleEvents.PageView, SampleJson.Default.PageView, writes: false);

public sealed class WriteRequest() : SerializerRatio<Request>("request", SampleEvents.Request, SampleJson.Default.Request, writes: true);

public sealed class ReadRequest() : SerializerRatio<Request>("request", SampleEvents.Request, SampleJson.Default.Request, writes: false);

public sealed class WriteReading() : SerializerRatio<Reading>("reading", SampleEvents.Reading, SampleJson.Default.Reading, writes: true);

public sealed class ReadReading() : SerializerRatio<Reading>("reading", SampleEvents.Reading, SampleJson.Default.Reading, writes: false);

public sealed class WriteOrder() : SerializerRatio<Order>("order", SampleEvents.Order, SampleJson.Default.Order, writes: true);

public sealed class ReadOrder() : SerializerRatio<Order>("order", SampleEvents.Order, SampleJson.Default.Order, writes: false);
