using Typed.Writing;

namespace Typed.Runtime.Tests.Writing.Simulation;

/// <summary>How long an attempt may be silent.</summary>
public sealed class PatienceTests
{
    // Connections that are refused say nothing of how long a flush takes: with a patience that grew by each, the silent attempt would outlast the call.
    [Theory]
    [InlineData(SimulatedFault.NoConnection)]
    [InlineData(SimulatedFault.Undone)]
    public async Task A_silent_attempt_after_refused_ones_is_given_up_as_soon_as_a_first_one(object fault)
    {
        var attempts = 0;
        var database = new SimulatedDatabase();
        database.Next = () =>
        {
            attempts++;
            database.Pace = attempts == 7 ? TimeSpan.FromHours(1) : TimeSpan.Zero;
            return attempts <= 6 ? (SimulatedFault)fault : SimulatedFault.None;
        };
        var store = new SimulatedStore(database, new WriteOptions { Writers = 1, WriteTimeout = TimeSpan.FromSeconds(8) });

        await store.WriteAsync(new Item("k", 1));

        Assert.Equal((8, 1), (attempts, database.Rows.Count));
        await store.Writer.DisposeAsync();
    }
}
