using System.Globalization;

namespace Typed.Cli.Output;

/// <summary>Says what was removed.</summary>
internal static class Removal
{
    public static void Say(Terminal terminal, string what, long removed)
    {
        if (terminal.Json)
        {
            var listing = new Listing("removed");
            listing.Add(removed);
            listing.Write(terminal, "");
        }
        else
        {
            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{removed:N0} {what} removed."));
        }
    }
}
