using System.CommandLine;
using Typed.Cli.Output;
using Typed.Cli.Reading;
using Typed.Streams;
using Typed.Streams.Reading;

namespace Typed.Cli.Commands;

/// <summary>The arguments that choose events of a stream.</summary>
internal sealed class StreamOptions
{
    public Option<string> Namespace { get; } = new("--namespace", "-n")
    {
        Description = "The namespace.",
        HelpName = "NAME",
        DefaultValueFactory = _ => StreamNames.DefaultNamespace,
    };

    public Option<string?> From { get; } = new("--from")
    {
        Description = "From a time on, included: 2026-03-21, 2026-03-21T12:00, or 24h for 24 hours ago.", HelpName = "TIME",
    };

    public Option<string?> Until { get; } = new("--until") { Description = "Up to a time, included.", HelpName = "TIME" };

    public Option<string?> Before { get; } = new("--before") { Description = "Before a time.", HelpName = "TIME" };

    public Option<string?> After { get; } = new("--after") { Description = "After an id, in the direction of reading.", HelpName = "ID" };

    /// <summary>The options.</summary>
    public IEnumerable<Option> All => [Namespace, From, Until, Before, After];

    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The namespace.</summary>
    /// <exception cref="CliException">It is outside the grammar.</exception>
    public string NamespaceOf(Invocation run) => CheckNamespace(run.Value(Namespace));

    /// <exception cref="CliException">The name is outside the grammar.</exception>
    public static string CheckNamespace(string name)
    {
        try
        {
            return StreamNames.Check(name);
        }
        catch (ArgumentException error)
        {
            throw new CliException(ExitCodes.Usage, error.Message.Split(" (Parameter")[0], inner: error);
        }
    }

    /// <summary>Whether any bound was given.</summary>
    public bool HasBound(Invocation run) =>
        run.Value(From) is not null || run.Value(Until) is not null || run.Value(Before) is not null || run.Value(After) is not null;

    /// <summary>The ids of the events asked for.</summary>
    /// <exception cref="CliException">A bound is no time or no id, or the range is reversed.</exception>
    public IdRange RangeOf(Invocation run, bool descending)
    {
        var range = IdRange.All;
        DateTimeOffset? from = run.Value(From) is { } start ? TimeText.Parse(start, run.Now, "--from") : null;
        DateTimeOffset? until = run.Value(Until) is { } end ? TimeText.Parse(end, run.Now, "--until") : null;
        DateTimeOffset? before = run.Value(Before) is { } limit ? TimeText.Parse(limit, run.Now, "--before") : null;
        if (from > until || from > before)
        {
            throw new CliException(ExitCodes.Usage, "The range is reversed: --from is later than its end.", "Exchange the two.");
        }

        range = from is { } first ? range.From(first) : range;
        range = until is { } last ? range.Until(last) : range;
        range = before is { } excluded ? range.Before(excluded) : range;
        return run.Value(After) is { } text ? range.After(IdOf(text), descending) : range;
    }

    private static Guid IdOf(string text) => EventId.TryParse(text, out var id) && EventId.TryTimeOf(id, out _)
        ? id
        : throw new CliException(ExitCodes.Usage, $"--after '{text}' is no id of an event.", "'typed get' shows ids.");
}
