using System.Data;
using System.Data.Common;

namespace Typed.Runtime.Tests.Storage;

/// <summary>What a database says of how it would run a statement.</summary>
internal static class Plans
{
    /// <summary>One column of the answer, a line per row.</summary>
    public static async Task<string> LinesAsync(DbConnection connection, string sql, int column)
    {
        if (connection.State == ConnectionState.Closed)
        {
            await connection.OpenAsync();
        }

        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the text is the library's own
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        List<string> lines = [];
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(column));
        }

        return string.Join('\n', lines);
    }
}
