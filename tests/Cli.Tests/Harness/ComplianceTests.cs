using Typed.Tests.Harness.Databases;

namespace Typed.Cli.Tests.Harness;

/// <summary>A suite that one database does not derive tests that database in name only.</summary>
public class ComplianceTests
{
    [Fact]
    public void Every_suite_is_derived_for_every_database()
    {
        var suites = typeof(CliSuite).Assembly.GetTypes().Where(type => type.IsAbstract && type.BaseType == typeof(CliSuite)).ToArray();

        Assert.True(suites.Length >= 6, "The suites are not found any more.");
        Assert.Empty(suites.SelectMany(suite => new[] { ("Sqlite", DatabaseServer.Sqlite), ("Postgres", DatabaseServer.Postgres) }
            .Where(database => !IsDerived(suite, $"{suite.Name}On{database.Item1}", database.Item2)).Select(database => $"{suite.Name} on {database.Item1}")));
    }

    private static bool IsDerived(Type suite, string name, DatabaseServer server) =>
        suite.Assembly.GetTypes().FirstOrDefault(type => type.BaseType == suite && type.Name == name) is { IsVisible: true } derived
        && ReferenceEquals(((CliSuite)Activator.CreateInstance(derived)!).Server, server);
}
