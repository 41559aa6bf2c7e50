using Xunit;

namespace Typed.Tests.Harness.Postgres;

/// <summary>A fact that needs PostgreSQL: skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresCluster.SkipReason;
}

/// <summary>A theory that needs PostgreSQL: skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = PostgresCluster.SkipReason;
}

/// <summary>A fact about a server of its own, which <c>TYPED_POSTGRES</c> cannot stand in for: skipped where none is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PrivateClusterFactAttribute : FactAttribute
{
    public PrivateClusterFactAttribute() => Skip = PostgresCluster.PrivateSkipReason;
}
