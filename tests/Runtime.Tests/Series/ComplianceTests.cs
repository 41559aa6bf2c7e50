using System.Reflection;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>A suite that one database does not derive tests that database in name only.</summary>
public class ComplianceTests
{
    private static readonly string[] s_databases = ["Sqlite", "Postgres"];

    [Fact]
    public void Every_suite_is_derived_for_every_database()
    {
        var suites = typeof(StoreSuite).Assembly.GetTypes().Where(type => type.IsAbstract && type.IsSubclassOf(typeof(StoreSuite)) && !type.IsGenericType && !IsBadExample(type) && HasTests(type))
            .ToArray();

        Assert.True(suites.Length >= 10, "The suites are not found any more.");
        Assert.Empty(suites.SelectMany(Missing));
    }

    [Fact]
    public void The_check_can_fail()
    {
        Assert.Equal(["LonelySuite lacks LonelySuiteOnPostgres"], Missing(typeof(LonelySuite)));
        Assert.Equal(["SwappedSuite: SwappedSuiteOnSqlite runs on Postgres"], Missing(typeof(SwappedSuite)));
    }

    // What only holds what suites share has nothing to run.
    private static bool HasTests(Type type) => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        .Any(method => method.IsDefined(typeof(FactAttribute), inherit: true));

    private static bool IsBadExample(Type type) => type.DeclaringType == typeof(ComplianceTests);

    private static IEnumerable<string> Missing(Type suite)
    {
        foreach (var database in s_databases)
        {
            var name = $"{suite.Name}On{database}";
            var derived = suite.Assembly.GetTypes().FirstOrDefault(type => type.BaseType == suite && type.Name == name && type is { IsAbstract: false, IsVisible: true });
            if (derived is null)
            {
                yield return $"{suite.Name} lacks {name}";
            }
            else if (!ReferenceEquals(((StoreSuite)Activator.CreateInstance(derived)!).Server, database == "Postgres" ? DatabaseServer.Postgres : DatabaseServer.Sqlite))
            {
                yield return $"{suite.Name}: {name} runs on {(database == "Postgres" ? "Sqlite" : "Postgres")}";
            }
        }
    }

#pragma warning disable CA1034 // bad examples
    public abstract class LonelySuite(DatabaseServer server) : StoreSuite(server);

    public sealed class LonelySuiteOnSqlite() : LonelySuite(DatabaseServer.Sqlite);

    public abstract class SwappedSuite(DatabaseServer server) : StoreSuite(server);

    public sealed class SwappedSuiteOnSqlite() : SwappedSuite(DatabaseServer.Postgres);

    public sealed class SwappedSuiteOnPostgres() : SwappedSuite(DatabaseServer.Postgres);
}
