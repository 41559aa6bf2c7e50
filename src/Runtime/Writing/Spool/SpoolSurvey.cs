namespace Typed.Writing.Spool;

/// <summary>A part of a segment that cannot be read.</summary>
/// <param name="Path">The segment.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Ordinal">The number of items of the segment before it.</param>
/// <param name="Items">The items that stood there.</param>
internal sealed record SpoolDamage(string Path, int Offset, int Length, int Ordinal, int Items)
{
    /// <summary>Whether something may have stood there that says what became of items before it.</summary>
    public bool HidesSayings { get; set; }

    /// <summary>Whether a loss of power explains it: it is the end of the spool, which the next opening cuts off.</summary>
    public bool IsTorn { get; init; }
}

/// <summary>A segment as it was found.</summary>
/// <param name="Segment">The segment, and which of its items are done.</param>
/// <param name="Header">Its header, or what it should be.</param>
/// <param name="Frames">Where its frames begin that can be read, in order.</param>
/// <param name="Damages">What cannot be read.</param>
internal sealed record SurveyedSegment(Segment Segment, SegmentHeader Header, List<int> Frames, List<SpoolDamage> Damages);

/// <summary>Reads a whole spool, damaged or not, and changes nothing.</summary>
internal sealed class SpoolSurvey
{
    private readonly string _folder;
    private readonly Dictionary<Guid, OpenFlush> _flushes = [];
    private SpoolDamage? _last;
    private long _said = -1;

    /// <exception cref="SpoolException">A later version wrote it.</exception>
    public SpoolSurvey(string folder)
    {
        _folder = folder;
        var files = SegmentScan.Files(folder);
        for (var i = 0; i < files.Count; i++)
        {
            Read(files[i].Number, files[i].Path, isLast: i == files.Count - 1);
        }

        if (_last is { IsTorn: false } last)
        {
            // Nothing behind it says how many sayings there were.
            last.HidesSayings = true;
        }
    }

    public List<SurveyedSegment> Segments { get; } = [];

    public IEnumerable<SpoolDamage> Damages => Segments.SelectMany(segment => segment.Damages);

    /// <summary>Items that are missing between two segments: the segment before, and their number.</summary>
    public List<(SurveyedSegment Before, long Items)> Missing { get; } = [];

    /// <summary>Flushes whose end the spool does not know, by their writers.</summary>
    public IReadOnlyDictionary<Guid, OpenFlush> OpenFlushes => _flushes;

    public long OpenItems => Segments.Sum(segment => segment.Segment.Open);

    /// <summary>The end of the items of which nobody knows whether they were written: damage may hide that. 0: it is known of all.</summary>
    public long UncertainEnd => Segments
        .SelectMany(segment => segment.Damages.Where(damage => damage.HidesSayings).Select(damage => segment.Header.FirstItem + damage.Ordinal))
        .Append(Missing.Count > 0 ? Missing.Max(missing => missing.Before.Segment.EndItem) : 0)
        .Max();

    /// <summary>Counts the items that are not done, by their layouts.</summary>
    public IReadOnlyDictionary<string, long> CountByLayout()
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        Visit((_, layout, _) => counts[layout] = counts.GetValueOrDefault(layout) + 1);
        return counts;
    }

    /// <summary>About when the oldest item that is not done was written; null where all are done, or nothing says it.</summary>
    public DateTimeOffset? Oldest() =>
        Segments.Select(segment => segment.Segment.OldestTime()).FirstOrDefault(time => time is not null) is { } time
            ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;

    /// <summary>Gives the items that are not done: number, layout, columns.</summary>
    public void Visit(Action<long, string, ReadOnlyMemory<byte>> take)
    {
        foreach (var (segment, header, frames, _) in Segments)
        {
            using var reader = new FrameReader(segment.Path);
            Dictionary<ulong, string> layouts = [];
            foreach (var frame in frames)
            {
                reader.MoveTo(frame);
                _ = reader.TryRead(out var bytes);
                var payload = new PayloadReader(bytes);
                switch ((FrameKind)payload.Byte())
                {
                    case FrameKind.Lane:
                        layouts[payload.Number()] = payload.Text();
                        break;

                    case FrameKind.Item when header.FirstItem + reader.Ordinal is var item && !segment.IsDone(item):
                        var layout = layouts.GetValueOrDefault(payload.Number(), "(its layout is in a damaged part)");
                        take(item, layout, payload.Rest.ToArray());
                        break;

                    default:
                        break;
                }
            }
        }
    }

    private void Read(long number, string path, bool isLast)
    {
        using var reader = new FrameReader(path);
        var before = Segments.Count > 0 ? Segments[^1] : null;
        var hasHeader = SpoolFormat.TryReadHeader(reader.Header(), out var version, out var header);
        if (hasHeader && version != SpoolFormat.Version)
        {
            throw new SpoolException($"{path} is of version {version} of the spool, and this program knows version {SpoolFormat.Version}: update it.");
        }

        header = hasHeader ? header : new(number, before?.Segment.EndItem ?? 1, _said, before?.Header.Spool ?? Guid.Empty);
        var surveyed = new SurveyedSegment(new Segment(_folder, number, header.FirstItem), header, [], []);
        if (before is not null && header.FirstItem > before.Segment.EndItem)
        {
            Missing.Add((before, header.FirstItem - before.Segment.EndItem));
        }

        Segments.Add(surveyed);
        if (!hasHeader)
        {
            Skip(surveyed, reader, 0, isLast);
        }
        else if (_said >= 0)
        {
            Said(header.Said, isSaying: false);
        }

        while (true)
        {
            if (reader.TryRead(out var bytes))
            {
                Take(surveyed, reader, bytes);
            }
            else if (reader.IsEmptyFrom(reader.Position) || !Skip(surveyed, reader, reader.Position, isLast))
            {
                break;
            }
        }

        surveyed.Segment.Used = reader.Position;
    }

    /// <summary>Passes over what cannot be read; false: nothing behind it can.</summary>
    private bool Skip(SurveyedSegment surveyed, FrameReader reader, int offset, bool isLast)
    {
        var next = reader.FindFrom(offset);
        var count = (int)surveyed.Segment.Count;
        var items = 0;
        if (next is { } place)
        {
            reader.MoveTo(place);
            _ = reader.TryRead(out _);
            items = Math.Max(reader.Ordinal - count, 0);
            surveyed.Segment.Leave(count, items);
            reader.MoveTo(place);
        }

        _last = new SpoolDamage(surveyed.Segment.Path, offset, (next ?? reader.End) - offset, count, items) { IsTorn = isLast && next is null };
        surveyed.Damages.Add(_last);
        return next is not null;
    }

    private void Take(SurveyedSegment surveyed, FrameReader reader, ReadOnlySpan<byte> bytes)
    {
        var segment = surveyed.Segment;
        surveyed.Frames.Add(reader.Frame);
        var payload = new PayloadReader(bytes);
        switch ((FrameKind)payload.Byte())
        {
            case FrameKind.Item:
                segment.Count = reader.Ordinal + 1;
                break;

            case FrameKind.Time:
                segment.Note(payload.Signed());
                break;

            case FrameKind.Gap:
                segment.Leave((int)payload.Number(), (int)payload.Number());
                break;

            case FrameKind.Flush:
                Said(payload.Fixed64(), isSaying: true);
                var writer = payload.Guid();
                _flushes[writer] = new(payload.Signed(), ItemSet.Read(ref payload));
                break;

            case FrameKind.Ended:
                Said(payload.Fixed64(), isSaying: true);
                if (_flushes.Remove(payload.Guid(), out var flush) && payload.Signed() == flush.Sequence && payload.Byte() == 1)
                {
                    Forget(flush.Items);
                }

                break;

            case FrameKind.Forgotten:
                Said(payload.Fixed64(), isSaying: true);
                Forget(ItemSet.Read(ref payload));
                break;

            default:
                break;
        }
    }

    /// <summary>Compares the number of sayings with those that were read.</summary>
    private void Said(long said, bool isSaying)
    {
        if (_last is not null)
        {
            _last.HidesSayings = said != _said + (isSaying ? 1 : 0);
            _last = null;
        }

        _said = said;
    }

    private void Forget(ItemSet items)
    {
        foreach (var (first, count) in items.Runs)
        {
            foreach (var segment in Segments)
            {
                segment.Segment.Forget(first, count);
            }
        }
    }
}
