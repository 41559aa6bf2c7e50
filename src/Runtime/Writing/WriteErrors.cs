using System.Data.Common;
using System.Globalization;
using Typed.Storage;

namespace Typed.Writing;

/// <summary>What callers are told when a write fails.</summary>
internal sealed class WriteErrors(Database database, WriteOptions options)
{
    /// <summary>The time that a call may take has passed.</summary>
    public WriteFailedException TimedOut(Exception last, bool mayBeApplied) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{database.Address} took no write within {options.WriteTimeout.TotalSeconds} s (WriteTimeout): {last.Message} "
                + $"{Outcome(mayBeApplied)}{database.LockHint}"),
        outcomeKnown: !mayBeApplied,
        last);

    /// <summary>The time to write what is left has passed.</summary>
    public WriteFailedException Disposed(Exception last, bool mayBeApplied) => new(
        $"{database.Address}: the store was disposed, and the write was not done within ShutdownTimeout. {Outcome(mayBeApplied)}",
        outcomeKnown: !mayBeApplied,
        last);

    /// <summary>The database said no.</summary>
    public WriteFailedException Refused(Exception error, IEnumerable<string> names) => new(
        $"{database.Address} refused the write ({string.Join(", ", names)}): {error.Message} Nothing was written."
            + (options.Advice(error) is { } advice ? $" {advice}" : ""),
        outcomeKnown: true,
        error);

    /// <summary>The database said no to rows.</summary>
    public Exception Refused(Exception error, IReadOnlyList<ITableRows> tables) => database.Classify(error) switch
    {
        _ when error is OtherRowException other => other.Explain(),
        Failure.Overflow when tables.Any(table => table.Added is not null) => WriteFailedException.Overflow(database.Address, tables, error),
        null when error is not DbException and not TimeoutException => error,
        _ => Refused(error, tables.Select(table => table.Table.Name)),
    };

    private static string Outcome(bool mayBeApplied) => mayBeApplied ? "It is not known whether the write was committed." : "Nothing was written.";
}
