using System.CommandLine;
using System.Globalization;
using Typed.Cli.Output;
using Typed.Cli.Reading;
using Typed.Streams.Reading;

namespace Typed.Cli.Commands;

internal static class DeleteCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("name") { Description = "The stream or the series." };
        var key = new Argument<string[]>("key") { Description = "Of a series: the members of the key, in order.", Arity = ArgumentArity.ZeroOrMore };
        var options = new StreamOptions();
        var all = new Option<bool>("--all") { Description = "Everything: of a stream all events of the namespace, of a series all keys." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Does not ask." };
        var command = new Command("delete", "Deletes events of a range, or a key of a series in every interval.") { name, key };
        options.AddTo(command);
        command.Options.Add(all);
        command.Options.Add(yes);
        context.OnDatabase(
            command,
            run =>
            {
                var (stream, series) = run.Catalog.Find(run.Value(name));
                if (series is not null)
                {
                    run.Refuse(
                        $"the series {series.Name}",
                        "A key of a series is deleted whole, and a namespace is the first member of the key; typed expire removes old buckets.",
                        options.All);
                }
                else if (run.Value(key).Length > 0)
                {
                    throw new CliException(
                        ExitCodes.Usage, $"{run.Value(name)} is a stream, and has no keys.", "Give a range: --from, --until, --before or --after.");
                }

                return stream is not null
                    ? DeleteEventsAsync(run, stream, options, run.Value(all), run.Value(yes))
                    : DeleteKeyAsync(run, series!, run.Value(key), run.Value(all), run.Value(yes));
            },
            writes: true);
        return command;
    }

    private static async Task<int> DeleteEventsAsync(Invocation run, StoredStream stream, StreamOptions options, bool all, bool yes)
    {
        if (all == options.HasBound(run))
        {
            throw new CliException(
                ExitCodes.Usage, all ? "Both --all and a bound were given." : "No range was given.",
                    "Give --from, --until, --before or --after, or --all for everything.");
        }

        var (space, range) = (options.NamespaceOf(run), options.RangeOf(run, descending: false));
        var table = await EventTable.FindAsync(run.Database, stream, run.CancellationToken);
        var count = await new EventPages(run.Database, table).CountAsync(space, range, run.CancellationToken);
        var question = string.Create(CultureInfo.InvariantCulture, $"Delete {count:N0} events of {stream.Name} in namespace {space}?");
        Question.Confirm(run.Terminal, question, yes || count == 0);
        var deleted = range.IsEmpty ? 0 : await run.Database.ExecuteAsync([table.Delete], new RangeParameters(space, range).Bind, run.CancellationToken);
        Removal.Say(run.Terminal, "events", deleted);
        return ExitCodes.Done;
    }

    private static async Task<int> DeleteKeyAsync(Invocation run, StoredSeries series, string[] key, bool all, bool yes)
    {
        var isWhole = all || series.Keys.Count == 0;
        if (all && key.Length > 0)
        {
            throw new CliException(ExitCodes.Usage, "Both --all and a key were given.", "Give one of them.");
        }

        if (isWhole && !all)
        {
            throw new CliException(ExitCodes.Usage, $"{series.Name} has no key.", "Give --all to delete all of it.");
        }

        var bind = isWhole ? null : SeriesTable.Bind(series, key);
        var question = isWhole ? $"Delete all keys of {series.Name}?" : $"Delete {string.Join(' ', key)} of {series.Name} in every interval?";
        Question.Confirm(run.Terminal, question, yes);
        var deleted = 0L;
        foreach (var interval in series.Intervals.DistinctBy(one => one.Table, StringComparer.Ordinal))
        {
            var table = await SeriesTable.FindAsync(run.Database, series, interval, run.CancellationToken);
            deleted += await run.Database.ExecuteAsync(table.Delete(!isWhole), bind, run.CancellationToken);
        }

        Removal.Say(run.Terminal, "rows", deleted);
        return ExitCodes.Done;
    }
}
