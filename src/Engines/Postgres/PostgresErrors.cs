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

    private const string IdleSessionTimeout = "57P05";
    private const string IdleInTransactionTimeout = "25P03";

    public static Failure? Classify(Exception exception) => Cause(exception) switch
    {
        PostgresException { SqlState: PostgresErrorCodes.NumericValueOutOfRange or PostgresErrorCodes.DivisionByZero } => Failure.Overflow,

        // The server ends the connection with these; a COMMIT on its way may or may not have counted.
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } => Failure.OutcomeUnknown,
        PostgresException { SqlState: IdleSessionTimeout or IdleInTransactionTimeout } => Failure.OutcomeUnknown,

        // A pooler says so of a server that it lost.
        PostgresException { SqlState: ['0', '8', ..] } => Failure.OutcomeUnknown,
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => Failure.Locked,
        PostgresException { IsTransient: true } => Failure.Transient,
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => Failure.Transient,
        PostgresException { SqlState: ['4', '2', ..] or ['3', 'F' or 'D', ..] or ['2', '8' or '5', ..] or ['0', 'A', ..] } => Failure.Denied,
        PostgresException { SqlState: [>= '0' and <= '5' or 'P' or 'F' or 'H', ..] } => Failure.Refused,

        // XX000 and codes of a proxy's own say nothing of what became of a COMMIT.
        PostgresException => null,
        NpgsqlException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => Failure.Transient,
        NpgsqlException or IOException or SocketException or TimeoutException => Failure.OutcomeUnknown,
        _ => null,
    };

    /// <summary>Whether the connection broke; false where none could be opened, or the answer did not come in time.</summary>
    public static bool IsBroken(Exception exception) =>
        Cause(exception) is NpgsqlException { InnerException: not TimeoutException } cause && Classify(cause) == Failure.OutcomeUnknown;

    /// <summary>
    /// Unwraps an error of EF Core, which wraps a transient error in an InvalidOperationException that advises retries, and one that
    /// outlasted the retries in a RetryLimitExceededException.
    /// </summary>
    private static Exception Cause(Exception exception) =>
        exception is InvalidOperationException or RetryLimitExceededException && exception.InnerException is NpgsqlException cause ? cause : exception;
}
