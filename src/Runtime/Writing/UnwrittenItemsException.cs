using System.Globalization;

namespace Typed;

/// <summary>A store was disposed before everything that was posted could be written. Carries what is left.</summary>
public sealed class UnwrittenItemsException : Exception
{
    internal UnwrittenItemsException(string address, TimeSpan timeout, IReadOnlyList<UnwrittenItem> items)
        : base(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{items.Count} posted items could not be written to {address} within {timeout.TotalSeconds} s (ShutdownTimeout): "
                + $"{items[0].Error.InnerException?.Message} Items holds them; "
                + $"of {items.Count(item => item.MayBeWritten)} it is not known whether they were committed."),
            items[0].Error) => Items = items;

    /// <summary>What was accepted and not written, in no particular order.</summary>
    public IReadOnlyList<UnwrittenItem> Items { get; }
}
