using System.CommandLine;
using System.Globalization;
using Typed.Cli.Output;
using Typed.Cli.Spools;
using Typed.Writing.Spool;

namespace Typed.Cli.Commands;

/// <summary>The spool of a store that does not run: what it holds, whether it is whole, and what can be done.</summary>
internal static class SpoolCommand
{
    public static Command Create(CommandContext context) => new("spool", "Shows, checks and repairs the spool of a store.")
    {
        Show(context),
        Check(context),
        Repair(context),
        Release(context),
        Replay(context),
    };

    private static Argument<string> Folder() => new("folder") { Description = "The folder that the store's Spool option names." };

    private static Command Show(CommandContext context)
    {
        var folder = Folder();
        var items = new Option<bool>("--items") { Description = "Each item, with its number and columns, and not only how many there are." };
        var command = new Command("show", "Shows what a spool holds that is not written yet.") { folder, items };
        context.OnFolder(command, (terminal, parsed) =>
        {
            var survey = SpoolFolder.Survey(parsed.GetValue(folder)!);
            if (parsed.GetValue(items))
            {
                var listing = new Listing("item", "type", "columns");
                survey.Visit((item, layout, record) => listing.Add(item, SpoolFolder.NameOf(layout), AsideFile.Text(record.Span)));
                listing.Write(terminal, "The spool holds nothing.");
                return ExitCodes.Done;
            }

            var counts = new Listing("type", "namespace", "oldest", "items");
            foreach (var (layout, count) in survey.CountByLayout())
            {
                counts.Add(SpoolFolder.NameOf(layout), SpoolFolder.NamespaceOf(layout), survey.Oldest(), count);
            }

            counts.Write(terminal, "The spool holds nothing.");
            SayDamage(terminal, survey);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Check(CommandContext context)
    {
        var folder = Folder();
        var command = new Command("check", "Checks whether a spool is whole; ends with 1 where it is not.") { folder };
        context.OnFolder(command, (terminal, parsed) =>
        {
            var survey = SpoolFolder.Survey(parsed.GetValue(folder)!);
            SayDamage(terminal, survey);
            if (SpoolFolder.IsDamaged(survey))
            {
                return ExitCodes.Found;
            }

            var segments = Counted(survey.Segments.Count, "segment", "segments");
            terminal.Note($"The spool is whole: {Counted(survey.OpenItems, "item is", "items are")} not written yet, in {segments}.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Repair(CommandContext context)
    {
        var folder = Folder();
        var keep = new Option<bool>("--keep-uncertain")
        {
            Description = "Keeps items of which the damage hides whether they were written; they may be written twice.",
        };
        var yes = new Option<bool>("--yes", "-y") { Description = "Does not ask." };
        var command = new Command("repair", "Sets the damaged parts of a spool aside, and keeps the rest.") { folder, keep, yes };
        context.OnFolder(command, (terminal, parsed) =>
        {
            var path = parsed.GetValue(folder)!;
            var survey = SpoolFolder.Survey(path);
            if (!SpoolFolder.IsDamaged(survey) && SpoolFolder.HasIdentity(path))
            {
                terminal.Note("The spool is whole: there is nothing to repair.");
                return ExitCodes.Done;
            }

            SayDamage(terminal, survey);
            Question.Confirm(terminal, "Set the damaged parts aside and keep the rest?", parsed.GetValue(yes));
            var done = SpoolFolder.Repair(path, parsed.GetValue(keep));
            var uncertain = done.Uncertain > 0 ? $", and {Counted(done.Uncertain, "item", "items")} of which nobody knows whether they were written" : "";
            terminal.Note(
                $"{Counted(done.Parts, "damaged part", "damaged parts")} with {Counted(done.Items, "item", "items")} set aside{uncertain}. "
                + $"The spool holds {Counted(done.Kept, "item", "items")}.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Release(CommandContext context)
    {
        var folder = Folder();
        var yes = new Option<bool>("--yes", "-y") { Description = "Does not ask." };
        var command = new Command("release", "Lets a spool belong to the database that it is opened on next.") { folder, yes };
        context.OnFolder(command, (terminal, parsed) =>
        {
            var path = parsed.GetValue(folder)!;
            var survey = SpoolFolder.Survey(path);
            var owner = SpoolFolder.OwnerOf(path)
                ?? throw new CliException(ExitCodes.Usage, "The spool belongs to no database yet.", "There is nothing to release.");
            Question.Confirm(
                terminal,
                $"Send {Counted(survey.OpenItems, "item", "items")} to the next database, and not to {owner}? "
                + "Items of a flush that was under way may be in both.",
                parsed.GetValue(yes));
            SpoolFolder.Release(path);
            terminal.Note("The spool belongs to the database that it is opened on next.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Replay(CommandContext context)
    {
        var folder = Folder();
        var command = new Command("replay", "Sends what a spool holds to its database, each item once, without the application.") { folder };
        context.OnDatabase(
            command,
            async run =>
            {
                var replay = new SpoolReplay(run.Database, run.Catalog);
                var items = await replay.RunAsync(run.Value(folder), run.CancellationToken);
                foreach (var item in replay.Refused)
                {
                    run.Terminal.Note($"{item} was refused: {item.Error.Message}");
                }

                run.Terminal.Note($"{Counted(items - replay.Refused.Count, "item", "items")} written.");
                return replay.Refused.Count == 0 ? ExitCodes.Done : ExitCodes.BadInput;
            },
            writes: true);
        return command;
    }

    private static void SayDamage(Terminal terminal, SpoolSurvey survey)
    {
        foreach (var damage in survey.Damages)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{damage.Path}, offset {damage.Offset}");
            var what = damage.IsTorn
                ? "at the end are torn, as a loss of power leaves them; the next opening cuts them off."
                : $"are damaged, with {Counted(damage.Items, "item", "items")}"
                    + (damage.HidesSayings ? ", and may have said what became of items before them." : ".");
            terminal.Note($"{place}: {Counted(damage.Length, "byte", "bytes")} {what}");
        }

        foreach (var (before, items) in survey.Missing)
        {
            terminal.Note($"{before.Segment.Path}: {Counted(items, "item is", "items are")} missing behind it.");
        }
    }

    private static string Counted(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");
}
