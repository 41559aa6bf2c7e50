namespace Typed.Writing.Spool;

/// <summary>Reads the items of a spool that are not done, in order, while others append.</summary>
internal sealed class SpoolCursor : IDisposable
{
    private readonly SpoolLog _log;
    private readonly Dictionary<ulong, string> _layouts = [];
    private FrameReader? _reader;

    /// <param name="log">The spool.</param>
    /// <param name="from">Where to begin; null: at the beginning.</param>
    /// <param name="lanes">The lanes that the segment of that place has declared before it.</param>
    public SpoolCursor(SpoolLog log, SpoolPlace? from, IEnumerable<SpoolLane> lanes)
    {
        _log = log;
        if (from is { } place)
        {
            NextItem = place.Item;
            Open(place.Segment, place.Offset);
            foreach (var lane in lanes)
            {
                _layouts[(ulong)lane.Number] = lane.Layout;
            }
        }
    }

    /// <summary>The item that is read next, or is passed over because it is done.</summary>
    public long NextItem { get; private set; }

    /// <summary>The segment of the item that was read last.</summary>
    public Segment? Segment { get; private set; }

    /// <summary>Reads an item; false: there is none before a number. What it gives is valid until the next call.</summary>
    /// <param name="end">The item to stop before: everything up to it is in the spool.</param>
    /// <param name="item">Its number.</param>
    /// <param name="layout">The layout of its lane.</param>
    /// <param name="record">Its columns.</param>
    /// <exception cref="SpoolException">The spool has been damaged since it was opened.</exception>
    public bool TryRead(long end, out long item, out string layout, out ReadOnlySpan<byte> record)
    {
        (item, layout) = (0, "");
        record = [];
        while (NextItem < end)
        {
            if (!TryReadFrame(end, out var bytes))
            {
                continue;
            }

            var payload = new PayloadReader(bytes);
            switch ((FrameKind)payload.Byte())
            {
                case FrameKind.Lane:
                    _layouts[payload.Number()] = payload.Text();
                    break;

                case FrameKind.Item:
                    item = Segment!.FirstItem + _reader!.Ordinal;
                    if (item < NextItem || Segment.IsDone(item))
                    {
                        NextItem = Math.Max(NextItem, item + 1);
                        break;
                    }

                    NextItem = item + 1;
                    layout = _layouts.GetValueOrDefault(payload.Number(), "");
                    record = payload.Rest;
                    return true;

                case FrameKind.Gap:
                    NextItem = Math.Max(NextItem, Segment!.FirstItem + (long)payload.Number() + (long)payload.Number());
                    break;

                default:
                    break;
            }
        }

        return false;
    }

    public void Dispose() => _reader?.Dispose();

    /// <summary>Reads the next frame; false: another segment was begun instead.</summary>
    private bool TryReadFrame(long end, out ReadOnlySpan<byte> payload)
    {
        payload = [];
        if (_reader is not null && Segment is not null)
        {
            _reader.End = Segment.Used;
            if (_reader.TryRead(out payload))
            {
                return true;
            }

            // What is all done may have been written again, shorter, since it was opened.
            if (_reader.Position < _reader.End && Segment.Open > 0)
            {
                throw SpoolRecovery.Damage(Segment.Path, _reader.Position, "what stands there is no frame");
            }
        }

        if (_log.After(Segment?.Number ?? 0) is { } next)
        {
            _layouts.Clear();
            Open(next, SpoolFormat.HeaderBytes);
        }
        else
        {
            // All that is left is done, and its segments are gone.
            _reader?.Dispose();
            (Segment, _reader, NextItem) = (null, null, end);
        }

        return false;
    }

    /// <summary>Goes on in a segment, which may be gone by now: what others do in the meantime may be to drop all of it.</summary>
    private void Open(Segment segment, int offset)
    {
        _reader?.Dispose();
        (Segment, _reader) = (segment, null);
        try
        {
            _reader = new FrameReader(segment.Path);
            _reader.MoveTo(offset);
        }
        catch (FileNotFoundException) when (segment.Open == 0)
        {
            NextItem = Math.Max(NextItem, segment.EndItem);
        }

        NextItem = Math.Max(NextItem, segment.FirstItem);
    }
}
