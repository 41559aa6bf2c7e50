using Typed.Time;

namespace Typed.Schema.Shapes;

/// <summary>A time series as it is stored, or as it is declared.</summary>
/// <param name="Name">The name that its tables start with.</param>
/// <param name="Type">What each bucket keeps: the name of a <c>SeriesType</c>.</param>
/// <param name="Value">The value: its member and its .NET type, as in <c>Milliseconds Double</c>.</param>
/// <param name="Keys">The keys in order, likewise.</param>
/// <param name="Intervals">The intervals in order. Of a Series none: they are views on its points.</param>
internal sealed record SeriesShape(string Name, string Type, string Value, IReadOnlyList<string> Keys, IReadOnlyList<IntervalShape> Intervals)
{
    /// <summary>Whether all points are kept, so that intervals may change at any time.</summary>
    public bool KeepsPoints => string.Equals(Type, nameof(SeriesType.Series), StringComparison.Ordinal);

    public bool Equals(SeriesShape? other) =>
        other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal) && string.Equals(Type, other.Type, StringComparison.Ordinal)
        && string.Equals(Value, other.Value, StringComparison.Ordinal) && Keys.SequenceEqual(other.Keys, StringComparer.Ordinal)
        && Intervals.SequenceEqual(other.Intervals);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);
}

/// <summary>An interval as its table is laid out: without <c>keep</c>, which may change at any time.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Layout">Step, resolution where fine and zone unless UTC, in the words of the interval grammar.</param>
internal sealed record IntervalShape(string Name, string Layout)
{
    /// <summary>The shape of a declared interval.</summary>
    public static IntervalShape Of(IntervalSpec spec) => new(spec.Name, spec.Layout);

    /// <summary>About how long its buckets are.</summary>
    public long Seconds => IntervalGrammar.TryParse(ToString(), out var spec, out _) ? spec.Step.NominalSeconds : 0;

    /// <summary>Whether two intervals have one table.</summary>
    public bool IsSame(IntervalShape other) => string.Equals(Names.SnakeCase(Name), Names.SnakeCase(other.Name), StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Name + ": " + Layout;
}
