using System.Globalization;

namespace Typed;

/// <summary>
/// A posted item was refused, because the store holds as many unwritten items as its <c>Capacity</c> allows, or its spool as many bytes as
/// <c>MaxSpoolBytes</c>.
/// </summary>
public sealed class CapacityExceededException : InvalidOperationException
{
    internal CapacityExceededException(int capacity)
        : base(string.Create(CultureInfo.InvariantCulture,
            $"The store holds {capacity} items that are not written yet, the most that Capacity allows. Raise it, post less, or choose another WhenFull."))
    {
    }

    internal CapacityExceededException(long spoolBytes)
        : base(string.Create(CultureInfo.InvariantCulture,
            $"The spool holds {spoolBytes} bytes that are not written yet, the most that MaxSpoolBytes allows. "
            + $"Raise it, post less, or choose another WhenFull."))
    {
    }
}
