using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Typed.Tests.Harness.Databases;

/// <summary>A database of one test's own, empty at first; gone on dispose.</summary>
public abstract class EmptyDatabase : IAsyncDisposable
{
    public abstract string ConnectionString { get; }

    /// <summary>Tells EF Core, and so a store, to use this database.</summary>
    public abstract void Choose(DbContextOptionsBuilder options);

    /// <summary>One value, read on a connection of its own, beside the store. Names in double quotes mean the same on every database.</summary>
    public async Task<object?> ScalarAsync(string sql)
    {
        var connection = Connect();
        await using var _ = connection;
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the text is the test's own
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync() is var value and not DBNull ? value : null;
    }

    /// <summary>Runs a statement on a connection of its own.</summary>
    public Task ExecuteAsync(string sql) => ScalarAsync(sql);

    /// <summary>The rows of a table, as they are on disk.</summary>
    public async Task<long> RowsAsync(string table) =>
        Convert.ToInt64(await ScalarAsync($"select count(*) from \"{table}\""), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The rows of a query as texts.</summary>
    public async Task<List<string>> ReadAsync(string sql)
    {
        var connection = Connect();
        await using var _ = connection;
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the text is the test's own
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
        {
            var fields = Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture));
            rows.Add(string.Join(" | ", fields));
        }

        return rows;
    }

    /// <summary>Keeps every store from writing, without a word, until the result is disposed. The tables exist.</summary>
    public async Task<IAsyncDisposable> HoldAsync()
    {
        var connection = Connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = HoldSql;
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>Begins a transaction that no flush gets past.</summary>
    protected abstract string HoldSql { get; }

    /// <summary>A connection that the store knows nothing of.</summary>
    protected abstract DbConnection Connect();
}
