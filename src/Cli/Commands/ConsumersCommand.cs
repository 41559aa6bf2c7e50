using System.CommandLine;
using Typed.Cli.Output;
using Typed.Schema;

namespace Typed.Cli.Commands;

internal static class ConsumersCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("consumers", "Lists the consumers of streams, and moves them.")
        {
            List(context), Move(context), Reset(context), Forget(context),
        };
        return command;
    }

    private static Command List(CommandContext context)
    {
        var command = new Command("list", "Lists the consumers: of which stream and namespace, their positions, and when these moved last.");
        context.OnDatabase(command, ListAsync);
        return command;
    }

    private static Command Move(CommandContext context)
    {
        var (name, position, yes) = (NameOf(), new Argument<string>("position") { Description = "The position after which it goes on; 0: the start." }, Yes());
        var command = new Command("move", "Moves a consumer to another position.") { name, position, yes };
        context.OnDatabase(command, run => MoveAsync(run, run.Value(name), run.Value(position), run.Value(yes)), writes: true);
        return command;
    }

    private static Command Reset(CommandContext context)
    {
        var (name, yes) = (NameOf(), Yes());
        var command = new Command("reset", "Has a consumer handle the whole stream again.") { name, yes };
        context.OnDatabase(command, run => MoveAsync(run, run.Value(name), StreamPosition.Start.ToString(), run.Value(yes)), writes: true);
        return command;
    }

    private static Command Forget(CommandContext context)
    {
        var (name, yes) = (NameOf(), Yes());
        var command = new Command("forget", "Forgets the position of a consumer that is not needed any more.") { name, yes };
        context.OnDatabase(command, run => ForgetAsync(run, run.Value(name), run.Value(yes)), writes: true);
        return command;
    }

    private static async Task<int> ListAsync(Invocation run)
    {
        var listing = new Listing("consumer", "stream", "namespace", "moved", "position");
        foreach (var (name, stream, space, position, moved) in await ReadAsync(run))
        {
            listing.Add(name, stream, space, moved, position);
        }

        listing.Write(run.Terminal, "There are no consumers.");
        return ExitCodes.Done;
    }

    private static async Task<int> MoveAsync(Invocation run, string name, string position, bool yes)
    {
        if (!StreamPosition.TryParse(position, out var place))
        {
            throw new CliException(
                ExitCodes.Usage, $"\"{position}\" is no position.", "Give one as typed consumers list shows it, or 0 for the start of the stream.");
        }

        await FindAsync(run, name);
        Question.Confirm(run.Terminal, place == StreamPosition.Start ? $"Have {name} handle everything again?" : $"Move {name} to {place}?", yes);
        var dialect = run.Database.Dialect;
        await run.Database.ExecuteAsync(
            [$"UPDATE {Names.Consumers} SET position = {dialect.Parameter(2)}, updated_at = {dialect.Now} WHERE name = {dialect.Parameter(1)}"],
            parameters =>
            {
                parameters.Text(name);
                parameters.Text(place.ToString());
            },
            run.CancellationToken);
        run.Terminal.Note($"{name} goes on after {place}.");
        return ExitCodes.Done;
    }

    private static async Task<int> ForgetAsync(Invocation run, string name, bool yes)
    {
        await FindAsync(run, name);
        Question.Confirm(run.Terminal, $"Forget where {name} is?", yes);
        await run.Database.ExecuteAsync(
            [$"DELETE FROM {Names.Consumers} WHERE name = {run.Database.Dialect.Parameter(1)}"], parameters => parameters.Text(name), run.CancellationToken);
        run.Terminal.Note($"{name} is forgotten.");
        return ExitCodes.Done;
    }

    private static async Task FindAsync(Invocation run, string name)
    {
        var consumers = await ReadAsync(run);
        if (!consumers.Exists(consumer => string.Equals(consumer.Name, name, StringComparison.Ordinal)))
        {
            throw new CliException(
                ExitCodes.NotFound, $"There is no consumer {name}.",
                consumers.Count == 0 ? "The database has none." : $"There are: {string.Join(", ", consumers.Select(consumer => consumer.Name))}.");
        }
    }

    private static async Task<List<(string Name, string Stream, string Namespace, string Position, DateTimeOffset Moved)>> ReadAsync(Invocation run)
    {
        var tables = await run.Database.ListAsync(run.Database.Kind.Engine.TableNames, row => row.Text(0), run.CancellationToken);
        return tables.Contains(Names.Consumers, StringComparer.Ordinal)
            ? await run.Database.ListAsync(
                $"SELECT name, stream, namespace, position, updated_at FROM {Names.Consumers} ORDER BY name",
                row => (row.Text(0), row.Text(1), row.Text(2), row.Text(3), Time.Instant.ToDateTimeOffset(row.Instant(4))), run.CancellationToken)
            : [];
    }

    private static Argument<string> NameOf() => new("name") { Description = "The consumer." };

    private static Option<bool> Yes() => new("--yes", "-y") { Description = "Does not ask." };
}
