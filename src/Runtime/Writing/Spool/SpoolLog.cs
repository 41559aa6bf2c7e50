namespace Typed.Writing.Spool;

/// <summary>A flush of which the spool does not know whether it was applied.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Items">What it holds.</param>
internal sealed record OpenFlush(long Sequence, ItemSet Items);

/// <summary>A spool in use: appends items and what becomes of them, and forgets segments that are done.</summary>
internal sealed class SpoolLog : IDisposable
{
    private const int FirstSegmentBytes = 1 << 20;

    private readonly SpoolOptions _options;
    private readonly SpoolLock _lock;
    private readonly List<Segment> _segments = [];
    private readonly Dictionary<Guid, OpenFlush> _flushes = [];
    private readonly PayloadWriter _payload = new();
    private readonly List<SegmentWriter> _sealed = [];
    private readonly SpoolSyncer _syncer;
    private readonly List<TaskCompletionSource> _waiting = [];

    /// <summary>
    /// What a full disk did not take. It has to be said before anything else: a writer's flush may only begin when the end of its last one is said.
    /// </summary>
    private readonly Queue<byte[]> _unsaid = [];
    private SegmentWriter? _writer;
    private long _lastNumber;
    private long _appended;
    private long _noted;
    private long _said;
    private int _size = FirstSegmentBytes;

    /// <summary>Opens a spool, and makes one where there is none.</summary>
    /// <exception cref="SpoolException">It is in use or damaged.</exception>
    public SpoolLog(SpoolOptions options)
    {
        _options = options;
        try
        {
            Directory.CreateDirectory(Folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SpoolException($"There can be no spool at {Folder}: {error.Message}", error);
        }

        _lock = SpoolLock.Take(Folder);
        try
        {
            var recovery = new SpoolRecovery(options);
            Identity = recovery.Identity;
            _segments.AddRange(recovery.Segments);
            _flushes = recovery.Flushes;
            (_lastNumber, NextItem, Torn, _said) = (recovery.LastNumber, recovery.NextItem, recovery.Torn, recovery.Said);
            Found = OpenItems;
            _syncer = new SpoolSyncer(this, options.Sync);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>Guards appends and the list of segments.</summary>
    public Lock Sync { get; } = new();

    public string Folder => _options.Folder;

    public SpoolSyncer Syncer => _syncer;

    public SpoolDisk Disk => _options.Disk;

    public long MaxBytes => _options.MaxBytes;

    public SpoolIdentity Identity { get; private set; }

    /// <summary>The number that the next item gets.</summary>
    public long NextItem { get; private set; }

    /// <summary>The records that were cut off when the spool was opened.</summary>
    public int Torn { get; }

    /// <summary>The items that an earlier run had left when the spool was opened.</summary>
    public long Found { get; }

    /// <summary>How many bytes were appended since the spool was opened.</summary>
    public long Appended => Volatile.Read(ref _appended);

    /// <summary>Flushes whose end is not known, by their writers.</summary>
    public IReadOnlyDictionary<Guid, OpenFlush> OpenFlushes => _flushes;

    /// <summary>Bytes of the segments.</summary>
    public long Bytes
    {
        get
        {
            lock (Sync)
            {
                return HasOpen ? _segments.Sum(segment => (long)segment.Used) : 0;
            }
        }
    }

    /// <summary>Items that are not done.</summary>
    public long OpenItems
    {
        get
        {
            lock (Sync)
            {
                return _segments.Sum(segment => segment.Open);
            }
        }
    }

    /// <summary>How long ago the oldest item was written that is not done; zero where all are.</summary>
    public TimeSpan OldestAge
    {
        get
        {
            lock (Sync)
            {
                foreach (var segment in _segments)
                {
                    if (segment.OldestTime() is { } time)
                    {
                        return TimeSpan.FromMilliseconds(Math.Max(Now() - time, 0));
                    }
                }
            }

            return TimeSpan.Zero;
        }
    }

    private bool HasOpen => _segments.Exists(segment => segment.Open > 0);

    /// <summary>Appends an item. Called under <see cref="Sync"/>.</summary>
    /// <param name="lane">Its lane.</param>
    /// <param name="payload">The item.</param>
    /// <param name="place">Its number and place.</param>
    /// <returns>False: the spool holds as much as it may.</returns>
    /// <exception cref="SpoolException">The disk takes nothing more.</exception>
    public bool TryAppend(SpoolLane lane, ReadOnlySpan<byte> payload, out SpoolPlace place)
    {
        place = default;
        _syncer.ThrowIfFailed();

        // A frame that says the time, and one that declares the lane, may come before.
        var declared = _writer?.Segment.Number == lane.DeclaredIn ? 0 : (lane.Layout.Length * 3) + 16;
        if (_writer is null || !_writer.HasRoom(payload.Length + declared + 16, frames: 3, isItem: true))
        {
            var least = (payload.Length + (lane.Layout.Length * 3) + 64 + SpoolFormat.HeaderBytes) * 9L / 8;
            if (!Roll(least, isBounded: true))
            {
                return false;
            }
        }

        var (writer, segment) = (_writer!, _writer!.Segment);
        if (Environment.TickCount64 - _noted >= 1_000 || segment.Count == 0)
        {
            NoteTime();
        }

        if (lane.DeclaredIn != segment.Number)
        {
            lane.Declare(_payload);
            Append(_payload.Written);
            lane.DeclaredIn = segment.Number;
        }

        place = new(NextItem, segment, segment.Used);
        Append(payload);
        segment.Count++;
        NextItem++;
        return true;
    }

    /// <summary>Says that a flush is about to be sent.</summary>
    /// <exception cref="SpoolException">The disk takes nothing more, so that it must not be sent now.</exception>
    public void Begin(Guid writer, long sequence, ItemSet items)
    {
        lock (Sync)
        {
            Say(FrameKind.Flush);
            _payload.Guid(writer);
            _payload.Signed(sequence);
            items.Write(_payload);
            Control();
            _flushes[writer] = new(sequence, items);
        }
    }

    /// <summary>Says that a flush has ended: it was applied, or it was not and never will be.</summary>
    public void End(Guid writer, bool isApplied)
    {
        lock (Sync)
        {
            if (!_flushes.Remove(writer, out var flush))
            {
                return;
            }

            Say(FrameKind.Ended);
            _payload.Guid(writer);
            _payload.Signed(flush.Sequence);
            _payload.Byte(isApplied ? (byte)1 : (byte)0);
            ControlLater();
            if (isApplied)
            {
                Done(flush.Items);
            }
        }
    }

    /// <summary>Forgets items that are done without a flush.</summary>
    public void Forget(ItemSet items)
    {
        if (items.IsEmpty)
        {
            return;
        }

        lock (Sync)
        {
            Say(FrameKind.Forgotten);
            items.Write(_payload);
            ControlLater();
            Done(items);
        }
    }

    /// <summary>The segments that hold items and are not written any more, in order.</summary>
    public IReadOnlyList<Segment> Whole()
    {
        lock (Sync)
        {
            return _segments.FindAll(segment => segment.Open > 0 && segment != _writer?.Segment);
        }
    }

    /// <summary>The first segment behind a number; null: there is none.</summary>
    public Segment? After(long number)
    {
        lock (Sync)
        {
            return _segments.Find(segment => segment.Number > number);
        }
    }

    /// <summary>Ends when a segment has been removed, or everything is.</summary>
    public Task RoomAsync(CancellationToken cancellationToken)
    {
        lock (Sync)
        {
            var room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add(room);
            return room.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Replaces what the spool says about itself.</summary>
    public void Identify(SpoolIdentity identity)
    {
        identity.Write(Folder, _options.Disk);
        Identity = identity;
    }

    /// <summary>The segments to be brought to disk: those that are whole, and the one in use.</summary>
    public (IReadOnlyList<SegmentWriter> Whole, SegmentWriter? InUse, long Position) Unsynced()
    {
        lock (Sync)
        {
            return ([.. _sealed], _writer, _appended);
        }
    }

    /// <summary>Segments that are whole are on disk.</summary>
    public void Synced(IReadOnlyList<SegmentWriter> whole)
    {
        foreach (var writer in whole)
        {
            lock (Sync)
            {
                _sealed.Remove(writer);
            }

            writer.Seal();
            writer.Dispose();
        }
    }

    public void Dispose()
    {
        _syncer.Dispose();
        lock (Sync)
        {
            foreach (var writer in _writer is null ? _sealed : _sealed.Append(_writer))
            {
                writer.Seal();
                writer.Dispose();
            }

            _writer = null;
            _sealed.Clear();
            RemoveDone();
        }

        _lock.Dispose();
    }

    /// <summary>Begins a frame that says what becomes of items.</summary>
    private void Say(FrameKind kind)
    {
        _payload.Begin(kind);
        _payload.Fixed(_said + 1);
    }

    /// <exception cref="SpoolException">The disk takes nothing more.</exception>
    private void Control()
    {
        while (_unsaid.TryPeek(out var earlier))
        {
            Control(earlier);
            _unsaid.Dequeue();
        }

        Control(_payload.Written);
        _said++;
    }

    private void Control(ReadOnlySpan<byte> payload)
    {
        if (_writer is null || !_writer.HasRoom(payload.Length, frames: 1, isItem: false))
        {
            // Never refused for the spool's own limit: what is said here makes room.
            Roll((payload.Length * 2L) + SpoolFormat.HeaderBytes + 64, isBounded: false);
        }

        Append(payload);
    }

    /// <summary>Says it now, or when the disk takes something again. What is never said is found out when the spool is opened again.</summary>
    private void ControlLater()
    {
        try
        {
            Control();
        }
        catch (SpoolException)
        {
            _unsaid.Enqueue(_payload.Written.ToArray());
            _said++;
        }
    }

    private void NoteTime()
    {
        var now = Now();
        _noted = Environment.TickCount64;
        _writer!.Segment.Note(now);
        var payload = new PayloadWriter();
        payload.Begin(FrameKind.Time);
        payload.Signed(now);
        Append(payload.Written);
    }

    private void Append(ReadOnlySpan<byte> payload)
    {
        _writer!.Append(payload);
        Volatile.Write(ref _appended, _appended + payload.Length + SpoolFormat.FrameBytes);
        _syncer.Appended();
    }

    /// <summary>Begins another segment; false: the spool's limit does not allow it.</summary>
    private bool Roll(long least, bool isBounded)
    {
        var size = (int)Math.Max(Math.Min(_size, _options.SegmentBytes), least);
        var kept = _segments.Sum(segment => (long)segment.Used);
        if (isBounded && kept > 0 && kept + size > _options.MaxBytes)
        {
            if (_writer is { Segment: { Open: 0, Count: > 0 } })
            {
                // All of it is done, and it goes as soon as there is another one.
                kept -= _writer.Segment.Used;
            }

            if (kept + size > _options.MaxBytes)
            {
                kept -= Hollow();
                if (kept + size > _options.MaxBytes)
                {
                    return false;
                }
            }
        }

        var segment = new Segment(Folder, _lastNumber + 1, NextItem);
        _writer = Make(segment, size, least, _writer);
        _segments.Add(segment);
        _lastNumber++;
        _size = (int)Math.Min(_size * 2L, SpoolFormat.MostSegmentBytes);
        RemoveDone();
        return true;
    }

    /// <summary>Gives back the space of segments that are done, behind one that is not. Gives the bytes.</summary>
    private long Hollow()
    {
        var freed = 0L;
        foreach (var segment in _segments)
        {
            // Windows replaces no file that is mapped.
            if (segment is { Open: 0, Count: > 0, IsHollow: false } && segment != _writer?.Segment
                && (!OperatingSystem.IsWindows() || !_sealed.Exists(writer => writer.Segment == segment)))
            {
                var used = segment.Used;
                try
                {
                    SegmentHollow.Write(_options, segment);
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    // The disk is so full that not even that is possible.
                    break;
                }

                segment.IsHollow = true;
                freed += used - segment.Used;
            }
        }

        return freed;
    }

    private SegmentWriter Make(Segment segment, int size, long least, SegmentWriter? before)
    {
        while (true)
        {
            try
            {
                var writer = new SegmentWriter(_options.Disk, segment, new(segment.Number, segment.FirstItem, _said - _unsaid.Count, Identity.Id), size);
                if (before is not null)
                {
                    before.Trim();
                    _sealed.Add(before);
                }

                return writer;
            }
            catch (IOException) when (size / 2 >= Math.Max(least, SpoolFormat.LeastSegmentBytes))
            {
                // A disk that is nearly full takes a smaller one.
                size /= 2;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new SpoolException($"The spool {Folder} takes nothing more: {error.Message}", error);
            }
        }
    }

    private void Done(ItemSet items)
    {
        foreach (var (first, count) in items.Runs)
        {
            foreach (var segment in _segments)
            {
                if (segment.FirstItem < first + count && segment.EndItem > first)
                {
                    segment.Forget(first, count);
                }
            }
        }

        RemoveDone();
    }

    /// <summary>Removes segments from the front that are done: frames speak of items before them only.</summary>
    private void RemoveDone()
    {
        var removed = 0;
        while (removed < _segments.Count && _segments[removed] is { Open: 0 } segment && segment != _writer?.Segment)
        {
            File.Delete(segment.Path);
            removed++;
        }

        _segments.RemoveRange(0, removed);
        if (removed > 0 || _segments.Exists(segment => segment is { Open: 0, IsHollow: false }))
        {
            foreach (var waiting in _waiting)
            {
                waiting.TrySetResult();
            }

            _waiting.Clear();
        }
    }

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
}
