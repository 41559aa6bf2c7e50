namespace Typed.Cli.Output;

/// <summary>Asks before something is removed.</summary>
internal static class Question
{
    /// <summary>Ends the command unless the answer is yes.</summary>
    /// <exception cref="CliException">The answer is no, or nobody is there to answer.</exception>
    public static void Confirm(Terminal terminal, string question, bool isAnswered)
    {
        if (isAnswered)
        {
            return;
        }

        if (!terminal.CanAsk)
        {
            throw new CliException(ExitCodes.Usage, $"{question} Nobody is there to answer.", "Give --yes.");
        }

        terminal.Error.Write($"{question} [y/N] ");
        if (terminal.Input.ReadLine()?.Trim() is not ("y" or "Y" or "yes"))
        {
            throw new CliException(ExitCodes.Interrupted, "Nothing was changed.");
        }
    }
}
