using System.Runtime.InteropServices;

namespace Typed.Writing.Spool;

/// <summary>Numbers of items, as runs: those of a flush mostly follow each other.</summary>
internal sealed class ItemSet
{
    private readonly List<(long First, long Count)> _runs = [];

    public IReadOnlyList<(long First, long Count)> Runs => _runs;

    public bool IsEmpty => _runs.Count == 0;

    public long Count { get; private set; }

    public long First => _runs[0].First;

    /// <summary>The set of numbers in any order, each once.</summary>
    public static ItemSet Of(List<long> items)
    {
        var numbers = CollectionsMarshal.AsSpan(items);
        for (var i = 1; i < numbers.Length; i++)
        {
            if (numbers[i] < numbers[i - 1])
            {
                numbers.Sort();
                break;
            }
        }

        var set = new ItemSet();
        foreach (var number in numbers)
        {
            set.Add(number);
        }

        return set;
    }

    public static ItemSet Of(long item) => Of([item]);

    /// <summary>Adds a number that is greater than all there are.</summary>
    public void Add(long item) => Add(item, 1);

    /// <summary>Those from a number on.</summary>
    public ItemSet From(long item)
    {
        var set = new ItemSet();
        foreach (var (first, count) in _runs)
        {
            if (Math.Max(first, item) is var start && start < first + count)
            {
                set.Add(start, first + count - start);
            }
        }

        return set;
    }

    public void Write(PayloadWriter payload)
    {
        payload.Number((ulong)_runs.Count);
        var next = 0L;
        foreach (var (first, count) in _runs)
        {
            payload.Number((ulong)(first - next));
            payload.Number((ulong)count);
            next = first + count;
        }
    }

    /// <exception cref="InvalidDataException">It is no set.</exception>
    public static ItemSet Read(ref PayloadReader payload)
    {
        var set = new ItemSet();
        var runs = payload.Number();
        var next = 0L;
        for (var i = 0UL; i < runs; i++)
        {
            var first = checked(next + (long)payload.Number());
            var count = (long)payload.Number();
            set.Add(first, count);
            next = checked(first + count);
        }

        return set;
    }

    private void Add(long first, long count)
    {
        Count += count;
        if (_runs.Count > 0 && _runs[^1] is var last && last.First + last.Count == first)
        {
            _runs[^1] = (last.First, last.Count + count);
        }
        else
        {
            _runs.Add((first, count));
        }
    }
}
