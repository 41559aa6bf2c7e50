using Typed.Cli.Output;

namespace Typed.Cli.Connections;

/// <summary>Which database a command is for: <c>--connection</c>, <c>--profile</c>, <c>TYPED_CONNECTION</c>, or the default profile.</summary>
internal static class ConnectionChoice
{
    public const string Variable = "TYPED_CONNECTION";

    private static readonly DatabaseKind[] s_kinds = [new SqliteKind(), new PostgresKind()];

    /// <summary>The kind of database and the connection string.</summary>
    /// <exception cref="CliException">None was given, or there is no such profile.</exception>
    public static (DatabaseKind Kind, string Connection) Find(string? given, string? profile)
    {
        if (given is not null && profile is not null)
        {
            throw new CliException(ExitCodes.Usage, "Both --connection and --profile were given.", "Give one of them.");
        }

        var connection = given
            ?? (profile is not null ? Profiles.Find(profile) : Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value ? value
                : Profiles.Default())
            ?? throw new CliException(
                ExitCodes.Unreachable, "No database was given.",
                $"Use --connection \"Data Source=shop.db\" or \"Host=…;Database=…\", set {Variable}, or write a {Profiles.FileName}.");
        return (s_kinds.First(kind => kind.Fits(connection)), connection);
    }
}
