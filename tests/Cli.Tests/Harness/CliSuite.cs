using System.Text;
using System.Text.Json;
using Typed.Cli.Output;
using Typed.Tests.Harness.Databases;
using Typed.Tests.Harness.Files;

namespace Typed.Cli.Tests.Harness;

/// <summary>
/// An abstract suite's base: every test gets an empty database and a folder, and runs commands in this process. A suite derives once per database.
/// </summary>
public abstract class CliSuite(DatabaseServer server) : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private EmptyDatabase? _database;

    internal DatabaseServer Server => server;

    protected EmptyDatabase Database => _database!;

    public async ValueTask InitializeAsync() => _database = await server.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _folder.Dispose();
    }

    protected string PathOf(string file) => _folder.File(file);

    protected static async Task<TypedStore> OpenAsync(EmptyDatabase database) => await TypedStore.OpenAsync(options => database.Choose(options));

    protected Task<TypedStore> OpenAsync() => OpenAsync(Database);

    protected Task<CliResult> RunAsync(params string[] args) => RunOnAsync(Database, args);

    protected static Task<CliResult> RunOnAsync(EmptyDatabase database, params string[] args) =>
        CliRun.RunAsync([.. args, "--connection", database.ConnectionString]);

    /// <summary>Runs a command that has to succeed.</summary>
    protected async Task<CliResult> DoAsync(params string[] args)
    {
        var result = await RunAsync(args);
        Assert.True(result.ExitCode == ExitCodes.Done, $"{string.Join(' ', args)} ended with {result.ExitCode}: {result.Error}");
        return result;
    }
}

/// <summary>What a command said.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its output.</param>
/// <param name="Error">Its errors and notes.</param>
public sealed record CliResult(int ExitCode, string Output, string Error)
{
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<JsonElement> Json => [.. Lines.Select(line => JsonElement.Parse(line))];
}

/// <summary>Runs the program in this process.</summary>
public static class CliRun
{
    public static async Task<CliResult> RunAsync(string[] args, string input = "", bool isTerminal = false, CancellationToken cancellationToken = default)
    {
        using var output = new MemoryStream();
        await using var error = new StringWriter { NewLine = "\n" };
        using var terminal = new Terminal(output, error, new StringReader(input), isTerminal, isErrorTerminal: false, canAsk: input.Length > 0);
        var code = await Program.RunAsync(args, terminal, cancellationToken);
        await terminal.Text.FlushAsync(cancellationToken);
        return new(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
