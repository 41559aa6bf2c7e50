namespace Typed.Benchmarks.Ratios;

/// <summary>
/// A piece of work that nothing stands beside: its time and memory are a row of their own, without a limit. Implement it with a public parameterless
/// constructor, and <c>ratios</c> finds it.
/// </summary>
public interface IFigure
{
    string Name { get; }

    /// <summary>Measured runs. Odd, so that there is a middle one.</summary>
    int Runs => 15;

    /// <summary>Runs that come first and do not count: enough for the runtime to settle on its final code.</summary>
    int WarmUpRuns => 40;

    /// <summary>Readies a run, unmeasured.</summary>
    void Prepare();

    ValueTask Run();
}
