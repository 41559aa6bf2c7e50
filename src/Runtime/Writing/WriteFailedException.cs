using Typed.Storage;

namespace Typed;

/// <summary>A write could not be completed within <c>WriteTimeout</c>, or the database refused it.</summary>
public sealed class WriteFailedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what can be done.</param>
    /// <param name="outcomeKnown">Whether it is certain that nothing was written.</param>
    /// <param name="innerException">The last error of the database.</param>
    public WriteFailedException(string message, bool outcomeKnown, Exception innerException)
        : base(message, innerException) => OutcomeKnown = outcomeKnown;

    internal static WriteFailedException Overflow(string address, IReadOnlyList<ITableRows> tables, Exception error) => new(
        $"{address}: adding {tables.First(table => table.Added is not null).Added} would leave the range of its type "
            + $"({string.Join(", ", tables.Select(table => table.Table.Name))}). Nothing was written. "
        + "Smaller numbers fit, or a wider type of the member, under another Name.",
        outcomeKnown: true,
        error);

    /// <summary>
    /// True: nothing was written. False: the connection broke at the wrong moment, and the write may have been committed.
    /// </summary>
    public bool OutcomeKnown { get; }
}
