using System.CommandLine;
using Typed.Cli.Connections;

namespace Typed.Cli.Commands;

/// <summary>The options that every command has.</summary>
internal sealed class GlobalOptions
{
    public Option<string?> Connection { get; } = new("--connection", "-c")
    {
        Description = "The database: \"Data Source=shop.db\" or a path for SQLite, \"Host=…;Database=…\" or a postgresql:// address. "
            + $"Default: {ConnectionChoice.Variable}.",
        HelpName = "STRING",
        Recursive = true,
    };

    public Option<string?> Profile { get; } = new("--profile", "-p")
    {
        Description = $"A connection of {Profiles.FileName}.",
        HelpName = "NAME",
        Recursive = true,
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Writes JSON, one object a line.", Recursive = true };

    public Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "Says all that is known about an error.", Recursive = true };

    public IEnumerable<Option> All => [Connection, Profile, Json, Verbose];
}
