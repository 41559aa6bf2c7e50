using System.Globalization;

namespace Typed;

/// <summary>A posted item was refused, because the store holds as many unwritten items as its <c>Capacity</c> allows.</summary>
public sealed class CapacityExceededException : InvalidOperationException
{
    internal CapacityExceededException(int capacity)
        : base(string.Create(CultureInfo.InvariantCulture,
            $"The store holds {capacity} items that are not written yet, the most that Capacity allows. Raise it, post less, or choose another WhenFull."))
    {
    }
}
