using System.Buffers;
using System.Buffers.Text;

namespace Typed.Cli.Output;

/// <summary>Events as lines of JSON: <c>{"id":…,"time":…,"body":…}</c>, in memory until they are written.</summary>
internal sealed class EventLines
{
    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 16);

    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    public void Clear() => _bytes.ResetWrittenCount();

    /// <summary>Adds an event.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="streamNamespace">Its namespace, where lines carry one.</param>
    /// <param name="version">The version of the class that wrote it; 1 is left out.</param>
    /// <param name="json">The body.</param>
    public void Add(Guid id, string? streamNamespace, int version, ReadOnlySpan<byte> json)
    {
        Raw("{\"id\":\""u8);
        Format(id);
        if (EventId.TryTimeOf(id, out var time))
        {
            Raw("\",\"time\":\""u8);
            Format(time.UtcDateTime);
        }

        Raw("\""u8);
        if (streamNamespace is not null)
        {
            // The grammar of namespaces has no character that JSON escapes.
            Raw(",\"namespace\":\""u8);
            Raw(System.Text.Encoding.ASCII.GetBytes(streamNamespace));
            Raw("\""u8);
        }

        if (version != 1)
        {
            Raw(",\"version\":"u8);
            Utf8Formatter.TryFormat(version, _bytes.GetSpan(16), out var digits);
            _bytes.Advance(digits);
        }

        Raw(",\"body\":"u8);
        Body(json);
        Raw("}\n"u8);
    }

    private void Format(Guid id)
    {
        Utf8Formatter.TryFormat(id, _bytes.GetSpan(36), out var written);
        _bytes.Advance(written);
    }

    private void Format(DateTime time)
    {
        Utf8Formatter.TryFormat(time, _bytes.GetSpan(40), out var written, new StandardFormat('O'));
        _bytes.Advance(written);
    }

    // A line break can stand in JSON only as white space, where another program wrote the row.
    private void Body(ReadOnlySpan<byte> json)
    {
        var space = _bytes.GetSpan(json.Length)[..json.Length];
        json.CopyTo(space);
        if (json.IndexOfAny((byte)'\n', (byte)'\r') >= 0)
        {
            space.Replace((byte)'\n', (byte)' ');
            space.Replace((byte)'\r', (byte)' ');
        }

        _bytes.Advance(json.Length);
    }

    private void Raw(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);
}
