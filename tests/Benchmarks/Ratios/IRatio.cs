namespace Typed.Benchmarks.Ratios;

/// <summary>
/// One piece of work done twice: by the library, and by the code that a careful developer would write by hand. Implement it with a
/// public parameterless constructor, and <c>ratios</c> finds it. Each side does the same amount of work in every call.
/// </summary>
public interface IRatio : IAsyncDisposable
{
    string Name { get; }

    /// <summary>The most that the median of ours/theirs may be.</summary>
    double Limit { get; }

    /// <summary>Measured pairs. Odd, so that there is a middle one.</summary>
    int Pairs => 15;

    /// <summary>Pairs that run first and do not count.</summary>
    int WarmUpPairs => 3;

    /// <summary>Calls in one measured run; more than one where a call is shorter than a millisecond or so.</summary>
    int Repeats => 1;

    /// <summary>Runs once, unmeasured. What it began is ended by DisposeAsync, also when it throws.</summary>
    Task SetUpAsync();

    /// <summary>Readies each pair, unmeasured.</summary>
    void Prepare()
    {
    }

    ValueTask Ours();

    ValueTask Theirs();
}
