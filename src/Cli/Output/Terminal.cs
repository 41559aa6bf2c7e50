using System.Text;
using Spectre.Console;

namespace Typed.Cli.Output;

/// <summary>
/// Where output goes. Data and tables go to standard output, errors and progress to standard error; colours, tables and progress are shown only on a terminal.
/// </summary>
internal sealed class Terminal : IDisposable
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Lazy<IAnsiConsole> _console;
    private readonly Lazy<IAnsiConsole> _errorConsole;

    public Terminal(Stream output, TextWriter error, TextReader input, bool isTerminal, bool isErrorTerminal, bool canAsk)
    {
        (Output, Error, Input, IsTerminal, IsErrorTerminal, CanAsk) = (output, error, input, isTerminal, isErrorTerminal, canAsk);
        Text = new StreamWriter(output, s_utf8, bufferSize: 1 << 14, leaveOpen: true) { NewLine = "\n" };
        _console = new(() => Console(Text, IsTerminal));
        _errorConsole = new(() => Console(Error, IsErrorTerminal));
    }

    /// <summary>Standard output as bytes; <see cref="Text"/> is flushed before it is used.</summary>
    public Stream Output { get; }

    public TextWriter Text { get; }

    public TextWriter Error { get; }

    public TextReader Input { get; }

    public bool IsTerminal { get; }

    public bool IsErrorTerminal { get; }

    /// <summary>Whether somebody is there who can answer.</summary>
    public bool CanAsk { get; }

    /// <summary>Whether <c>--json</c> was given.</summary>
    public bool Json { get; set; }

    /// <summary>Whether <c>--verbose</c> was given.</summary>
    public bool Verbose { get; set; }

    /// <summary>Whether output is for people: tables and colours.</summary>
    public bool IsForPeople => IsTerminal && !Json;

    public IAnsiConsole Rich => _console.Value;

    public static Terminal OfProcess()
    {
        var output = System.Console.OpenStandardOutput();
        var error = new StreamWriter(System.Console.OpenStandardError(), s_utf8) { AutoFlush = true, NewLine = "\n" };
        return new(
            output, error, System.Console.In, !System.Console.IsOutputRedirected, !System.Console.IsErrorRedirected,
            canAsk: !System.Console.IsInputRedirected && !System.Console.IsErrorRedirected);
    }

    /// <summary>Says an error in one line; with <c>--verbose</c> all that is known.</summary>
    public void Say(CliException error)
    {
        var line = OneLine(error.Message);
        if (IsErrorTerminal)
        {
            _errorConsole.Value.MarkupLineInterpolated($"[red]error:[/] {line}");
        }
        else
        {
            Error.WriteLine($"error: {line}");
        }

        if (Verbose && error.InnerException is { } inner)
        {
            Error.WriteLine(inner);
        }
    }

    /// <summary>Says something beside the data.</summary>
    public void Note(string line) => Error.WriteLine(line);

    /// <summary>Runs work beside a progress bar, which is shown only on a terminal.</summary>
    /// <param name="title">What is done.</param>
    /// <param name="total">How many steps there are; null where nobody knows.</param>
    /// <param name="work">The work; it reports how many steps are done.</param>
    public async Task<T> ProgressAsync<T>(string title, long? total, Func<Action<long>, Task<T>> work)
    {
        if (!IsErrorTerminal)
        {
            return await work(static _ => { });
        }

        await Text.FlushAsync();
        return await _errorConsole.Value.Progress().AutoClear(true).Columns(Columns(total)).StartAsync(async progress =>
        {
            var task = progress.AddTask(Markup.Escape(title), maxValue: Math.Max(1, total ?? double.MaxValue));
            task.IsIndeterminate = total is null;
            return await work(done => task.Value = done);
        });
    }

    public void Dispose() => Text.Dispose();

    private static ProgressColumn[] Columns(long? total)
    {
        ProgressColumn title = new TaskDescriptionColumn { Alignment = Justify.Left };
        return total is null
            ? [title, new SpinnerColumn(), new CountColumn(), new ElapsedTimeColumn()]
            : [title, new ProgressBarColumn(), new PercentageColumn(), new CountColumn(), new RemainingTimeColumn()];
    }

    private static string OneLine(string text) => ValueText.OnLine(text).Trim();

    private static IAnsiConsole Console(TextWriter writer, bool isTerminal) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
        ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        Out = new AnsiConsoleOutput(writer),
    });
}
