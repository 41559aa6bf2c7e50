using System.Data.Common;

namespace Typed.Postgres;

/// <summary>What a connection string says, rather than what Npgsql makes of its silence.</summary>
internal static class PostgresSettings
{
    /// <summary>Whether a connection string has a setting, be it with the default's value.</summary>
    /// <param name="connectionString">The connection string.</param>
    /// <param name="setting">The setting's name without spaces.</param>
    public static bool Has(string? connectionString, string setting) =>
        new DbConnectionStringBuilder { ConnectionString = connectionString }.Keys
            .Cast<string>().Any(key => string.Equals(key.Replace(" ", "", StringComparison.Ordinal), setting, StringComparison.OrdinalIgnoreCase));
}
