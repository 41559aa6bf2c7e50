using System.Buffers;
using System.Globalization;
using System.Text;
using Typed.Cli.Output;

namespace Typed.Cli.Transfer;

/// <summary>Reads lines of bytes. A line is good until the next call.</summary>
internal sealed class LineReader(Stream input) : IDisposable
{
    /// <summary>The longest line: an event is far shorter.</summary>
    private const int MostBytes = 64 << 20;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(1 << 17);
    private int _start;
    private int _end;
    private bool _isEnd;

    /// <summary>The number of the last line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The next line without its end; false when there is none.</summary>
    /// <exception cref="CliException">The line is too long.</exception>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        while (true)
        {
            var found = _bytes.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (found >= 0 || (_isEnd && _end > _start))
            {
                var length = found >= 0 ? found : _end - _start;
                line = _bytes.AsMemory(_start, length);
                _start += found >= 0 ? length + 1 : length;
                Number++;
                line = Number == 1 && line.Span.StartsWith(Encoding.UTF8.Preamble) ? line[Encoding.UTF8.Preamble.Length..] : line;
                return true;
            }

            if (_isEnd)
            {
                line = default;
                return false;
            }

            Fill();
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _bytes.Length)
        {
            if (_bytes.Length >= MostBytes)
            {
                throw new CliException(
                    ExitCodes.BadInput, string.Create(CultureInfo.InvariantCulture, $"Line {Number + 1} is longer than 64 MiB."),
                        "The file has no lines of events.");
            }

            var larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
            _bytes.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        var read = input.Read(_bytes.AsSpan(_end));
        _end += read;
        _isEnd = read == 0;
    }
}
