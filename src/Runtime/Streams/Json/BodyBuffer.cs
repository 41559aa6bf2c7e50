using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Typed.Streams.Json;

/// <summary>Bodies as JSON, one after the other in borrowed memory. Reused for batch after batch; not thread-safe.</summary>
internal sealed partial class BodyBuffer : IDisposable
{
    private byte[] _bytes;
    private int _depth;

    // The most bytes that the buffer may hold with this body. Checked before memory grows, so that a huge body is refused, not built.
    private long _limit = long.MaxValue;
    private int _maxBytes;

    // Set when something was written that a database may not keep, so that the body has to be inspected.
    private bool _isSuspicious;

    public BodyBuffer(int capacity = 4096) => _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    private BodyRefusal TooLong =>
        new([], $"more than {_maxBytes.ToString(CultureInfo.InvariantCulture)} bytes of JSON, the most that MaxEventBytes of the store's options allows");

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
        BodyRefusal? refusal;
        try
        {
            (_limit, _maxBytes) = (start + (long)maxBytes, maxBytes);
            WriteUnchecked(value);
            refusal = Length > _limit ? TooLong : _isSuspicious ? Inspect(value) : null;
        }
        catch (BodyRefusedException refused)
        {
            refusal = refused.Refusal;
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException or InvalidOperationException && Inspect(value) is { } found)
        {
            refusal = found;
        }
        catch
        {
            // A getter of the body threw.
            (Length, _limit) = (start, long.MaxValue);
            throw;
        }

        _limit = long.MaxValue;
        if (refusal is not null)
        {
            Length = start;
        }

        return refusal;
    }

    /// <summary>Writes a body after the others.</summary>
    /// <param name="body">The body.</param>
    /// <param name="maxBytes">The most bytes that its JSON may have.</param>
    /// <param name="index">Its position in the put.</param>
    /// <exception cref="EventRejectedException">It cannot be stored.</exception>
    public void Accept<TBody>(TBody body, int maxBytes, int index)
        where TBody : IEventBody<TBody>
    {
        if (body is null)
        {
            throw new EventRejectedException(index, [], "null");
        }

        if (Write(body, maxBytes) is { } refusal)
        {
            throw new EventRejectedException(index, refusal.Path, refusal.Reason);
        }
    }

    /// <summary>Takes JSON that another buffer wrote.</summary>
    public void Append(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Space(json.Length));
        Length += json.Length;
    }

    /// <summary>Forgets what was written first.</summary>
    public void RemoveFirst(int length)
    {
        _bytes.AsSpan(length, Length - length).CopyTo(_bytes);
        Length -= length;
    }

    /// <summary>Forgets what was written last.</summary>
    public void CutTo(int length) => Length = length;

    /// <summary>Writes a body after the others, whatever its texts hold.</summary>
    public void WriteUnchecked<T>(T value)
        where T : IEventBody<T>
    {
        (_depth, _isSuspicious) = (0, false);
        T.Write(new Utf8BodyWriter(this), value);
        Length--; // the comma after the last value
    }

    /// <summary>Forgets what was written and keeps the memory.</summary>
    public void Clear() => Length = 0;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Length = 0;
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
}
