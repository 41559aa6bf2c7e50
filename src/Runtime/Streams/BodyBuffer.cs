using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Typed.Generated;

namespace Typed.Streams;

/// <summary>
/// Bodies as JSON, one after the other in borrowed memory. Reused for batch after batch; not thread-safe.
/// </summary>
internal sealed class BodyBuffer : IBufferWriter<byte>, IDisposable
{
    // Emitted walks are well formed by construction; the depth limit is what stops a cycle.
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true, MaxDepth = BodyWriting.MaxDepth, Encoder = JavaScriptEncoder.Default };

    private readonly Utf8JsonWriter _json;
    private byte[] _bytes;

    public BodyBuffer(int capacity = 4096)
    {
        _bytes = ArrayPool<byte>.Shared.Rent(capacity);
        _json = new Utf8JsonWriter(this, Options);
    }

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>What was written so far.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Writes a body after the others.</summary>
    /// <param name="value">The body.</param>
    /// <param name="maxBytes">The most bytes that its JSON may have.</param>
    /// <returns>Null, or why the body is refused; the buffer is then as before.</returns>
    public BodyRefusal? Write<T>(T value, int maxBytes)
        where T : IEventBody<T>
    {
        var start = Length;
        var refusal = WriteUnchecked(value) ?? Check(value, start, maxBytes);
        Length = refusal is null ? Length : start;
        return refusal;
    }

    /// <summary>Forgets what was written and keeps the memory.</summary>
    public void Clear() => Length = 0;

    public void Dispose()
    {
        _json.Dispose();
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Length = 0;
    }

    void IBufferWriter<byte>.Advance(int count) => Length += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Length);
    }

    private BodyRefusal? WriteUnchecked<T>(T value)
        where T : IEventBody<T>
    {
        _json.Reset();
        try
        {
            T.Write(new JsonBodyWriter(_json), value);
            _json.Flush();
            return null;
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException or InvalidOperationException && Inspect(value) is { } refusal)
        {
            return refusal;
        }
    }

    private BodyRefusal? Check<T>(T value, int start, int maxBytes)
        where T : IEventBody<T>
    {
        var length = Length - start;
        if (length > maxBytes)
        {
            return new BodyRefusal([], $"{length} bytes of JSON, more than the {maxBytes} allowed");
        }

        // The writer escapes everything that could be wrong in a text, lone surrogates as U+FFFD. So texts need no check of their own:
        // a body without these escapes is fine, and one with them is inspected.
        var escapes = _bytes.AsSpan(start, length);
        var first = escapes.IndexOf((byte)'\\');
        escapes = first < 0 ? [] : escapes[first..];
        return escapes.IndexOf("\\uFFFD"u8) >= 0 || escapes.IndexOf("\\u0000"u8) >= 0 ? Inspect(value) : null;
    }

    private static BodyRefusal? Inspect<T>(T value)
        where T : IEventBody<T>
    {
        try
        {
            T.Write(new BodyInspector(new BodyPath()), value);
            return null;
        }
        catch (BodyRefusedException refused)
        {
            return refused.Refusal;
        }
    }

    private void Reserve(int size)
    {
        if (_bytes.Length - Length >= Math.Max(size, 1))
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + size));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
