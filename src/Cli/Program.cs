using System.CommandLine;
using System.CommandLine.Invocation;
using Typed.Cli.Commands;
using Typed.Cli.Output;

namespace Typed.Cli;

/// <summary>The command tree. Each command is a file in <c>Commands/</c>.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        using var terminal = Terminal.OfProcess();
        return await RunAsync(args, terminal, CancellationToken.None);
    }

    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken)
    {
        var parsed = Tree(terminal).Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Action is ParseErrorAction)
        {
            // That a command is missing is no news where one was misspelt.
            var error = parsed.Errors.FirstOrDefault(one => one.Message.StartsWith("Unrecognized", StringComparison.Ordinal)) ?? parsed.Errors[0];
            terminal.Say(new CliException(
                ExitCodes.Usage, error.Message.TrimEnd('.') + ".", $"'typed {PathOf(parsed)}--help' shows how it is used."));
            return ExitCodes.Usage;
        }

        var configuration = new InvocationConfiguration
        {
            Output = terminal.Text,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,

            // Ctrl-C stops at the next page or batch, which takes a while on a slow database.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(20),
        };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    private static RootCommand Tree(Terminal terminal)
    {
        var context = new CommandContext(terminal);
        var root = new RootCommand("Reads, moves, charts and checks the time series and event streams of a Typed database.")
        {
            StreamsCommand.Create(context),
            NamespacesCommand.Create(context),
            GetCommand.Create(context),
            ExportCommand.Create(context),
            ImportCommand.Create(context),
            SeriesCommand.Create(context),
            KeysCommand.Create(context),
            ShowCommand.Create(context),
            StatsCommand.Create(context),
            DeleteCommand.Create(context),
            ExpireCommand.Create(context),
            RebuildCommand.Create(context),
            ConsumersCommand.Create(context),
            SchemaCommand.Create(context),
            DoctorCommand.Create(context),
            SpoolCommand.Create(context),
        };
        foreach (var option in context.Options.All)
        {
            root.Options.Add(option);
        }

        return root;
    }

    /// <summary>The commands on the command line, each with a space after it.</summary>
    private static string PathOf(ParseResult parsed)
    {
        List<string> path = [];
        for (var result = parsed.CommandResult; result.Parent is System.CommandLine.Parsing.CommandResult parent; result = parent)
        {
            path.Insert(0, result.Command.Name + " ");
        }

        return string.Concat(path);
    }
}
