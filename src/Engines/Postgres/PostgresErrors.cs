using System.Net.Sockets;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Typed.Storage;

namespace Typed.Postgres;

/// <summary>Classifies PostgreSQL's errors (SQLSTATE, appendix A of its manual).</summary>
internal static class PostgresErrors
{
    /// <summary>The error of the statement that moves a writer's sequence when that number was used already: 2201E, invalid_argument_for_logarithm.</summary>
    public const string StampNotMoved = PostgresErrorCodes.InvalidArgumentForLogarithm;

    /// <summary>
    /// The classes of SQLSTATE with which a server that understood a request says no to it. What stands in none of these lists, such as the errors of an
    /// extension or of a proxy, leaves open what became of the request.
    /// </summary>
    private static readonly HashSet<string> s_refusals = new(StringComparer.Ordinal)
    {
        "09", "0B", "0L", "0P", "0Z", "20", "21", "22", "23", "24", "26", "27", "2B", "2D", "2F", "34", "38", "39", "3B", "44", "54", "55", "P0",
    };

    /// <summary>The classes with which it refuses whatever the rows are: no such table, no right.</summary>
    private static readonly HashSet<string> s_denials = new(StringComparer.Ordinal) { "0A", "25", "28", "3D", "3F", "42" };

    public static bool IsTableMissing(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable };

    public static Failure? Classify(Exception exception) => Cause(exception) switch
    {
        PostgresException error => Classify(error),
        NpgsqlException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => Failure.Transient,
        NpgsqlException or IOException or SocketException or TimeoutException => Failure.OutcomeUnknown,
        _ => null,
    };

    /// <summary>Whether the connection broke; false where none could be opened, or the answer did not come in time.</summary>
    public static bool IsBroken(Exception exception) =>
        Cause(exception) is NpgsqlException { InnerException: not TimeoutException } cause && Classify(cause) == Failure.OutcomeUnknown;

    /// <summary>Whether the server takes no writes any more, because it is a standby now.</summary>
    public static bool IsReadOnly(Exception exception) => Cause(exception) is PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction };

    private static Failure Classify(PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.NumericValueOutOfRange or PostgresErrorCodes.DivisionByZero => Failure.Overflow,

        // The session ended for its age, and a COMMIT on its way may or may not have counted: 25P03 and 25P04 are the timeouts of transactions.
        PostgresErrorCodes.StatementCompletionUnknown or "25P03" or "25P04" => Failure.OutcomeUnknown,

        // Somebody cancelled the statement; a table was altered under a prepared statement, which is then prepared anew.
        PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.CannotConnectNow => Failure.Transient,

        // Another server took over, and this one takes no writes any more.
        PostgresErrorCodes.ReadOnlySqlTransaction => Failure.Transient,
        PostgresErrorCodes.ObjectNotInPrerequisiteState or PostgresErrorCodes.ObjectInUse => Failure.Transient,
        PostgresErrorCodes.LockNotAvailable => Failure.Locked,
        PostgresErrorCodes.FeatureNotSupported when error.Routine is "RevalidateCachedQuery" => Failure.Transient,
        PostgresErrorCodes.TransactionIntegrityConstraintViolation => Failure.Refused,

        // Serialization failures and deadlocks; no memory, no room on the disk, too many connections.
        [ '4', '0', .. ] or [ '5', '3', .. ] => Failure.Transient,
        var state when s_refusals.Contains(ClassOf(state)) => Failure.Refused,
        var state when s_denials.Contains(ClassOf(state)) => Failure.Denied,
        _ => Failure.OutcomeUnknown,
    };

    private static string ClassOf(string state) => state[..Math.Min(2, state.Length)];

    /// <summary>
    /// Unwraps an error of EF Core, which wraps a transient error in an InvalidOperationException that advises retries, and one that
    /// outlasted the retries in a RetryLimitExceededException.
    /// </summary>
    private static Exception Cause(Exception exception) =>
        exception is InvalidOperationException or RetryLimitExceededException && exception.InnerException is NpgsqlException cause ? cause : exception;
}
