using Typed.Storage;
using Typed.Time;
using Typed.Writing;

namespace Typed.Series.Reading;

/// <summary>Sums that leave their type. Npgsql finds out itself that a sum is no decimal.</summary>
internal static class Overflows
{
    public static bool Is(StoreScope scope, Exception error) => error is OverflowException || scope.Database.Classify(error) == Failure.Overflow;

    /// <summary>What .NET itself says of a sum that its type cannot hold; where the runtime adds up, that comes by itself.</summary>
    public static OverflowException In(StoreScope scope, Interval interval, Exception error) =>
        new($"{scope.Database.Address}, interval '{interval.Name}': a sum left the range of its type: {error.Message}", error);
}
