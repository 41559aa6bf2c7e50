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
        Skipping.Case(DiagnosticMessageSink, discoveryOptions, testMethod) ?? base.CreateTestCase(discoveryOptions, testMethod, factAttribute);
}

/// <summary>Finds the cases of <see cref="DatabaseTheoryAttribute"/>.</summary>
public sealed class DatabaseTheoryDiscoverer(IMessageSink diagnostics) : TheoryDiscoverer(diagnostics)
{
    public override IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        Skipping.Case(DiagnosticMessageSink, discoveryOptions, testMethod) is { } skipped ? [skipped] : base.Discover(discoveryOptions, testMethod, theoryAttribute);
}

internal static class Skipping
{
    /// <summary>A case that says why it does not run, or null where it does.</summary>
    public static IXunitTestCase? Case(IMessageSink diagnostics, ITestFrameworkDiscoveryOptions options, ITestMethod method) =>
        method.TestClass.Class.GetCustomAttributes(typeof(NeedsPostgresAttribute).AssemblyQualifiedName).Any() && PostgresCluster.SkipReason is { } reason
            ? new XunitSkippedDataRowTestCase(diagnostics, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, reason)
            : null;
}
