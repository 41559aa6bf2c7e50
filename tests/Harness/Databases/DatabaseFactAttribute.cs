using Typed.Tests.Harness.Postgres;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Typed.Tests.Harness.Databases;

/// <summary>A fact of an abstract suite. Whether it can run is a matter of the class that derives it, which an attribute of its own could not know.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Typed.Tests.Harness.Databases.DatabaseFactDiscoverer", "Typed.Tests.Harness")]
public sealed class DatabaseFactAttribute : FactAttribute;

/// <summary>A theory of an abstract suite.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Typed.Tests.Harness.Databases.DatabaseTheoryDiscoverer", "Typed.Tests.Harness")]
public sealed class DatabaseTheoryAttribute : TheoryAttribute;

/// <summary>Finds the cases of <see cref="DatabaseFactAttribute"/>.</summary>
public sealed class DatabaseFactDiscoverer(IMessageSink diagnostics) : FactDiscoverer(diagnostics)
{
    protected override IXunitTestCase CreateTestCase(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        Skipping.Reason(testMethod) is { } reason
            ? new XunitSkippedDataRowTestCase(DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod, reason)
            : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);
}

/// <summary>Finds the cases of <see cref="DatabaseTheoryAttribute"/>.</summary>
public sealed class DatabaseTheoryDiscoverer(IMessageSink diagnostics) : TheoryDiscoverer(diagnostics)
{
    public override IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        Skipping.Reason(testMethod) is { } reason
            ? CreateTestCasesForSkip(discoveryOptions, testMethod, theoryAttribute, reason)
            : base.Discover(discoveryOptions, testMethod, theoryAttribute);
}

internal static class Skipping
{
    public static string? Reason(ITestMethod method) =>
        method.TestClass.Class.GetCustomAttributes(typeof(NeedsPostgresAttribute).AssemblyQualifiedName).Any() ? PostgresCluster.SkipReason : null;
}
