using System.Buffers;
using System.Runtime.CompilerServices;

namespace Typed.Generated;

/// <summary>Collects an array whose length is not known, in borrowed memory. Forgetting one to an exception costs the pool a buffer, nothing else.</summary>
/// <typeparam name="T">The elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ArrayBuilder<T>
{
    private T[]? _items;
    private int _count;

    /// <summary>Adds an element.</summary>
    public void Add(T item)
    {
        if (_items is null || _count == _items.Length)
        {
            Grow();
        }

        _items![_count++] = item;
    }

    /// <summary>The elements. The builder is then empty again.</summary>
    public T[] ToArray()
    {
        if (_items is null)
        {
            return [];
        }

        var result = _items.AsSpan(0, _count).ToArray();
        Return();
        return result;
    }

    private void Grow()
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(16, _count * 2));
        var count = _count;
        if (_items is not null)
        {
            _items.AsSpan(0, count).CopyTo(larger);
            Return();
        }

        (_items, _count) = (larger, count);
    }

    private void Return()
    {
        // What the pool keeps must not keep the events alive.
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            _items.AsSpan(0, _count).Clear();
        }

        ArrayPool<T>.Shared.Return(_items!);
        (_items, _count) = (null, 0);
    }
}
