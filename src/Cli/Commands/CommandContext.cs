using System.CommandLine;
using Typed.Cli.Connections;
using Typed.Cli.Output;
using Typed.Cli.Reading;

namespace Typed.Cli.Commands;

/// <summary>What commands share: where output goes, the options of all, and how a command runs.</summary>
internal sealed class CommandContext(Terminal terminal)
{
    public Terminal Terminal { get; } = terminal;

    public GlobalOptions Options { get; } = new();

    /// <summary>Gives a command what it does with a database, and ends every error in one line.</summary>
    public void OnDatabase(Command command, Func<Invocation, Task<int>> run, bool writes = false) => OnDatabase(command, _ => writes, run);

    /// <summary>The same, where the arguments decide whether it writes.</summary>
    public void OnDatabase(Command command, Func<ParseResult, bool> writes, Func<Invocation, Task<int>> run) =>
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, writes(parsed), run, cancellationToken));

    /// <summary>Gives a command what it does with a folder, where no database is needed, and ends every error in one line.</summary>
    public void OnFolder(Command command, Func<Terminal, ParseResult, int> run) => command.SetAction(async (parsed, cancellationToken) =>
    {
        (Terminal.Json, Terminal.Verbose) = (parsed.GetValue(Options.Json), parsed.GetValue(Options.Verbose));
        try
        {
            return run(Terminal, parsed);
        }
        catch (Exception error)
        {
            var explained = Errors.Explain(error, database: null, cancellationToken);
            await Terminal.Text.FlushAsync(CancellationToken.None);
            Terminal.Say(explained);
            return explained.ExitCode;
        }
        finally
        {
            await Terminal.Text.FlushAsync(CancellationToken.None);
        }
    });

    private async Task<int> RunAsync(ParseResult parsed, bool writes, Func<Invocation, Task<int>> run, CancellationToken cancellationToken)
    {
        (Terminal.Json, Terminal.Verbose) = (parsed.GetValue(Options.Json), parsed.GetValue(Options.Verbose));
        StoredDatabase? database = null;
        try
        {
            var (kind, connection) = ConnectionChoice.Find(parsed.GetValue(Options.Connection), parsed.GetValue(Options.Profile));
            database = await StoredDatabase.OpenAsync(kind, connection, !writes, cancellationToken);
            var catalog = await Catalog.ReadAsync(database, cancellationToken);
            return await run(new(Terminal, database, catalog, parsed, cancellationToken));
        }
        catch (Exception error)
        {
            var explained = Errors.Explain(error, database, cancellationToken);
            await Terminal.Text.FlushAsync(CancellationToken.None);
            Terminal.Say(explained);
            return explained.ExitCode;
        }
        finally
        {
            await Terminal.Text.FlushAsync(CancellationToken.None);
            if (database is not null)
            {
                await database.DisposeAsync();
            }
        }
    }
}

/// <summary>One run of a command.</summary>
internal sealed record Invocation(Terminal Terminal, StoredDatabase Database, Catalog Catalog, ParseResult Parsed, CancellationToken CancellationToken)
{
    /// <summary>The time by the system's clock.</summary>
    public DateTimeOffset Now { get; } = DateTimeOffset.UtcNow;

    public T Value<T>(Option<T> option) => Parsed.GetValue(option)!;

    /// <summary>Refuses options that mean nothing for what the command was given: nothing is done to more than was asked for.</summary>
    /// <param name="what">What the command was given.</param>
    /// <param name="wayOut">What to write instead.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="CliException">One of them was given.</exception>
    public void Refuse(string what, string wayOut, params IEnumerable<Option> options)
    {
        if (options.FirstOrDefault(option => Parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new CliException(ExitCodes.Usage, $"{given.Name} means nothing for {what}.", wayOut);
        }
    }

    public T Value<T>(Argument<T> argument) => Parsed.GetValue(argument)!;
}
