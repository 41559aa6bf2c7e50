using Typed.Cli.Output;
using Typed.Cli.Tests.Harness;
using Typed.Tests.Harness.Databases;

namespace Typed.Cli.Tests;

/// <summary>Databases that a command cannot work on: one line, an exit code, nothing changed.</summary>
public abstract class ErrorTests(DatabaseServer server) : CliSuite(server)
{
    [Fact]
    public async Task A_database_without_a_catalog()
    {
        await Database.ScalarAsync("create table mine (id int)");

        foreach (var args in new[] { (string[])["streams"], ["doctor"], ["expire"], ["delete", "x", "--all", "--yes"], ["import", "x", "none"], ["schema", "pull", PathOf("s.json")] })
        {
            var result = await RunAsync(args);

            Assert.Equal(ExitCodes.NotTyped, result.ExitCode);
            Assert.Contains("has no typed_catalog: no store of Typed was opened there. Check --connection", Line(result), StringComparison.Ordinal);
        }

        Assert.False(File.Exists(PathOf("s.json")));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Database.RowsAsync("typed_catalog"));
    }

    [Theory]
    [InlineData("layout || 'format: 2'")]
    [InlineData("'type: Holograph' || layout")]
    [InlineData("'nothing that is known'")]
    public async Task A_database_that_is_newer(string layout)
    {
        await using (await OpenAsync())
        {
        }

        var text = layout.Replace("'format", "'\nformat", StringComparison.Ordinal).Replace("Holograph'", "Holograph\n'", StringComparison.Ordinal);
        await Database.ScalarAsync($"update typed_catalog set layout = {text} where name = 'sales_hour'");
        var before = await Database.ScalarAsync("select layout from typed_catalog where name = 'sales_hour'");

        var result = await RunAsync("delete", "shop.visits", "--all", "--yes");

        Assert.Equal(ExitCodes.NotTyped, result.ExitCode);
        Assert.Contains("is newer than this program", Line(result), StringComparison.Ordinal);
        Assert.Equal(before, await Database.ScalarAsync("select layout from typed_catalog where name = 'sales_hour'"));
    }

    [Fact]
    public async Task Verbose_says_where()
    {
        await using (await OpenAsync())
        {
        }

        await Database.ScalarAsync("drop table typed_writers");

        var quiet = await RunAsync("doctor");
        var verbose = await RunAsync("doctor", "--verbose");

        Assert.Equal(ExitCodes.Failed, quiet.ExitCode);
        Assert.Contains("typed_writers", Line(quiet), StringComparison.Ordinal);
        Assert.StartsWith(quiet.Error, verbose.Error, StringComparison.Ordinal);
        Assert.Contains("   at ", verbose.Error, StringComparison.Ordinal);
    }

    private static string Line(CliResult result)
    {
        Assert.Empty(result.Output);
        var line = Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("error: ", line, StringComparison.Ordinal);
        return line;
    }
}

public sealed class ErrorTestsOnSqlite() : ErrorTests(DatabaseServer.Sqlite);

public sealed class ErrorTestsOnPostgres() : ErrorTests(DatabaseServer.Postgres);
