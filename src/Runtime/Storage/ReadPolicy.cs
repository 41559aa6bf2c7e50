using System.Globalization;

namespace Typed.Storage;

/// <summary>
/// How a store reads, whatever it reads: an error of the connection is tried again on another one until the time allowed has passed; what the database refuses
/// fails at once.
/// </summary>
#pragma warning disable CA1001 // The semaphore has nothing to dispose: nobody asks for its wait handle.
internal sealed class ReadPolicy(Database database, RetryPolicy retry, TimeSpan timeout)
#pragma warning restore CA1001
{
    /// <summary>The part of the time allowed after which a connection without an answer gets a second one beside it.</summary>
    private const int SilentPart = 6;

    private static readonly TimeSpan s_longestSilence = TimeSpan.FromSeconds(5);

    /// <summary>Reads that may have a second attempt at the same time: a database that is merely slow is not asked everything twice.</summary>
    private readonly SemaphoreSlim _seconds = new(4);

    private readonly TimeSpan _silence = timeout / SilentPart < s_longestSilence ? timeout / SilentPart : s_longestSilence;

    /// <summary>Whether a read that failed with this error may succeed on another connection.</summary>
    public bool MayPass(Exception error) => database.Classify(error) is Failure.Transient or Failure.Canceled or Failure.Locked or Failure.OutcomeUnknown;

    /// <summary>Reads.</summary>
    /// <param name="asked">What is read, for the error.</param>
    /// <param name="attempt">Reads everything from the beginning, however often it is called, also beside an earlier call.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ReadFailedException">The database refused, or gave no answer within the time allowed.</exception>
    public async ValueTask<T> RunAsync<T>(Asked asked, Func<CancellationToken, ValueTask<T>> attempt, CancellationToken cancellationToken)
    {
        using var deadline = RetryPolicy.Within(timeout, cancellationToken);
        using var race = database.ReadsBesideTheCaller ? new ReadRace<T>(database, attempt, _silence, _seconds) : null;
        Exception? last = null;
        try
        {
            return await retry.RunAsync(race is null ? attempt : race.TryAsync, MayPassNow, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException canceled) when (deadline.Token.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            last ??= new TimeoutException("no answer came.", canceled);
            throw new ReadFailedException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{database.Address} could not be read within {timeout.TotalSeconds} s (ReadTimeout), asked for {asked}: {last.Message}"),
                last);
        }
        catch (Exception error) when (database.Classify(error) is Failure.Refused or Failure.Denied)
        {
            throw new ReadFailedException($"{database.Address} refused to be read, asked for {asked}: {error.Message}", error);
        }

        bool MayPassNow(Exception error)
        {
            if (!MayPass(error))
            {
                return false;
            }

            if (database.IsBroken(error))
            {
                // After a restart of the server all connections of a pool are broken, and none of them shows it.
                database.DropIdle();
            }

            last = error;
            return true;
        }
    }
}

/// <summary>What a read asks for, in words.</summary>
/// <param name="Kind">For instance <c>the number of events</c>.</param>
/// <param name="Owner">The series, table or stream.</param>
/// <param name="Detail">More about it: an interval, a namespace.</param>
internal readonly record struct Asked(string Kind, string Owner, string? Detail = null)
{
    public override string ToString() => Detail is null ? $"{Kind} of {Owner}" : $"{Kind} of {Owner}, {Detail}";
}
