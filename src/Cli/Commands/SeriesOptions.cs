using System.CommandLine;
using Typed.Cli.Output;
using Typed.Cli.Reading;

namespace Typed.Cli.Commands;

/// <summary>The arguments that choose buckets of a series.</summary>
internal sealed class SeriesOptions
{
    public Argument<string> Series { get; } = new("series") { Description = "The series." };

    public Argument<string[]> Key { get; } = new("key")
    {
        Description = "The members of a key, in order. Without them: all keys together.", Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<string?> Interval { get; } = new("--interval", "-i") { Description = "The interval. Default: the one that fits best.", HelpName = "NAME" };

    public Option<string?> Last { get; } = new("--last") { Description = "So much time until now, such as 24h.", HelpName = "DURATION" };

    public Option<string?> From { get; } = new("--from") { Description = "From a time on.", HelpName = "TIME" };

    public Option<string?> Until { get; } = new("--until") { Description = "Up to a time. Default: now.", HelpName = "TIME" };

    public Option<string?> By { get; } = new("--by")
    {
        Description = "Merges buckets into those of this grid: 15m, 1h, daily, monthly in Europe/Paris.", HelpName = "GRID",
    };

    public void AddTo(Command command)
    {
        command.Arguments.Add(Series);
        command.Arguments.Add(Key);
        command.Options.Add(Interval);
        command.Options.Add(Last);
        command.Options.Add(From);
        command.Options.Add(Until);
        command.Options.Add(By);
    }

    /// <summary>Whether it was said from when on.</summary>
    public bool HasStart(Invocation run) => run.Value(Last) is not null || run.Value(From) is not null;

    /// <summary>The rows that are asked for.</summary>
    /// <exception cref="CliException">The range is reversed, or no interval fits.</exception>
    public Source SourceOf(Invocation run, StoredSeries series)
    {
        if (run.Value(Last) is not null && run.Value(From) is not null)
        {
            throw new CliException(ExitCodes.Usage, "Both --last and --from were given.", "Give one of them.");
        }

        var until = run.Value(Until) is { } end ? TimeText.Parse(end, run.Now, "--until") : run.Now;
        DateTimeOffset? from = run.Value(Last) is { } last ? until - TimeText.Duration(last, "--last")
            : run.Value(From) is { } start ? TimeText.Parse(start, run.Now, "--from") : null;
        return from > until
            ? throw new CliException(ExitCodes.Usage, "The range is reversed: --from is later than its end.", "Exchange the two.")
            : Source.Choose(series, run.Value(Interval), run.Value(By), from, until, run.Now);
    }
}
