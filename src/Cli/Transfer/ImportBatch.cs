namespace Typed.Cli.Transfer;

/// <summary>Events that are stored together, by namespace.</summary>
internal sealed class ImportBatch
{
    private const int ChunkBytes = 1 << 18;

    private readonly Dictionary<string, Dictionary<Guid, ImportEvent>> _spaces = new(StringComparer.Ordinal);
    private byte[] _chunk = [];
    private int _used;

    public int Count { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Adds an event; false where the batch has it.</summary>
    /// <exception cref="LineException">The batch has another body under its id.</exception>
    public bool Add(string space, in EventLine line, long number)
    {
        if (!_spaces.TryGetValue(space, out var events))
        {
            _spaces.Add(space, events = []);
        }

        if (events.TryGetValue(line.Id, out var same))
        {
            return FoundEvents.AreSame(same.Body, line.Body) ? false : throw new LineException("another body has its id");
        }

        events.Add(line.Id, new(line.Id, line.Version, Keep(line.Body.Span), number));
        Count++;
        Bytes += line.Body.Length;
        return true;
    }

    /// <summary>The events of each namespace, by id.</summary>
    public IEnumerable<(string Namespace, IReadOnlyList<ImportEvent> Events)> Sorted() => _spaces
        .OrderBy(space => space.Key, StringComparer.Ordinal)
        .Select(space => (space.Key, (IReadOnlyList<ImportEvent>)[.. space.Value.Values.OrderBy(one => one.Id)]));

    private ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> body)
    {
        if (_chunk.Length - _used < body.Length)
        {
            (_chunk, _used) = (GC.AllocateUninitializedArray<byte>(Math.Max(ChunkBytes, body.Length)), 0);
        }

        body.CopyTo(_chunk.AsSpan(_used));
        _used += body.Length;
        return _chunk.AsMemory(_used - body.Length, body.Length);
    }
}
