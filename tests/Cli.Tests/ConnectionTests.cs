using Npgsql;
using Typed.Cli.Connections;
using Typed.Cli.Output;
using Typed.Cli.Tests.Harness;
using Typed.Tests.Harness.Files;
using Typed.Tests.Harness.Postgres;

namespace Typed.Cli.Tests;

/// <summary>How a database is named, and what is said where that leads nowhere.</summary>
public class ConnectionTests
{
    [Theory]
    [InlineData("Data Source=a.db", "SQLite")]
    [InlineData("Filename=a.db;Mode=ReadOnly", "SQLite")]
    [InlineData("a.db", "SQLite")]
    [InlineData("sqlite:a.db", "SQLite")]
    [InlineData("file:a.db?immutable=1", "SQLite")]
    [InlineData("Host=localhost;Database=shop", "PostgreSQL")]
    [InlineData("postgresql://me@localhost/shop", "PostgreSQL")]
    public void The_kind_of_database_is_seen_in_the_string(string connection, string kind) =>
        Assert.Equal(kind, ConnectionChoice.Find(connection, profile: null).Kind.Name);

    [Fact]
    public void An_address_of_PostgreSQL()
    {
        var builder = new NpgsqlConnectionStringBuilder(new PostgresKind().Complete("postgres://me:pass%20word@db.example:5433/shop?sslmode=require&Timeout=3", isReadOnly: true));

        Assert.Equal(("db.example", 5433, "shop", "me", "pass word"), (builder.Host, builder.Port, builder.Database, builder.Username, builder.Password));
        Assert.Equal((SslMode.Require, 3, 0), (builder.SslMode, builder.Timeout, builder.CommandTimeout));
    }

    [Theory]
    [InlineData("nowhere.db", ExitCodes.Unreachable, "There is no file 'nowhere.db'")]
    [InlineData("Data Source=nowhere.db;Nonsense=1", ExitCodes.Usage, "The connection string is wrong")]
    [InlineData("Host=127.0.0.1;Port=1;Database=shop;Username=me", ExitCodes.Unreachable, "PostgreSQL database 'shop' at 127.0.0.1:1 cannot be reached")]
    [InlineData("Host=127.0.0.1;Nonsense=1", ExitCodes.Usage, "The connection string is wrong")]
    [InlineData("http://example.org", ExitCodes.Usage, "--connection is no connection string and no URL of PostgreSQL")]
    public async Task A_wrong_connection(string connection, int code, string said)
    {
        var result = await CliRun.RunAsync(["streams", "--connection", connection]);

        Assert.Equal(code, result.ExitCode);
        Assert.StartsWith($"error: {said}", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.False(File.Exists("nowhere.db"));
    }

    [Fact]
    public async Task A_file_that_is_no_database()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("notes.txt"), new string('x', 5_000));

        var result = await CliRun.RunAsync(["delete", "x", "--all", "--yes", "--connection", folder.File("notes.txt")]);

        Assert.Equal(ExitCodes.NotTyped, result.ExitCode);
        Assert.Contains("is no SQLite database", result.Error, StringComparison.Ordinal);
        Assert.Equal(new string('x', 5_000), await File.ReadAllTextAsync(folder.File("notes.txt")));
    }

    [Fact]
    public async Task A_user_without_rights()
    {
        await using var database = await PostgresCluster.CreateDatabaseAsync("rights");
        await using (await TypedStore.OpenAsync(options => Microsoft.EntityFrameworkCore.NpgsqlDbContextOptionsBuilderExtensions.UseNpgsql(options, database.ConnectionString)))
        {
        }

        var user = "cli_" + Guid.NewGuid().ToString("N")[..8];
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using (var command = source.CreateCommand($"create role {user} login password 'secret'; grant select on typed_catalog, shop_visits to {user}"))
        {
            await command.ExecuteNonQueryAsync();
        }

        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = user, Password = "secret", Pooling = false }.ConnectionString;
        var get = await CliRun.RunAsync(["get", "shop.visits", "--connection", connection]);
        var delete = await CliRun.RunAsync(["delete", "shop.visits", "--all", "--yes", "--connection", connection]);
        var orders = await CliRun.RunAsync(["get", "shop.orders", "--connection", connection]);

        Assert.Equal((ExitCodes.Done, ExitCodes.Denied, ExitCodes.Denied), (get.ExitCode, delete.ExitCode, orders.ExitCode));
        Assert.Contains("does not allow it: permission denied for table shop_visits. Connect as a user who may", delete.Error, StringComparison.Ordinal);
        Assert.Single(orders.Error.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("nonsense", "Unrecognized command or argument 'nonsense'. 'typed --help' shows how it is used.")]
    [InlineData("get", "Required argument missing for command: 'get'. 'typed get --help' shows how it is used.")]
    [InlineData("get x --take -1", "--take is negative. 'typed get --help' shows how it is used.")]
    [InlineData("schema pull --sample 0", "--sample is 1 or more. 'typed schema pull --help' shows how it is used.")]
    public async Task A_wrong_command_line(string line, string said)
    {
        var result = await CliRun.RunAsync(line.Split(' '));

        Assert.Equal((ExitCodes.Usage, $"error: {said}\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Help_needs_no_database()
    {
        var result = await CliRun.RunAsync([]);

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.All(["streams", "export", "schema", "doctor"], name => Assert.Contains(name, result.Output, StringComparison.Ordinal));
    }
}
