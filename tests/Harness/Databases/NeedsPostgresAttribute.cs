namespace Typed.Tests.Harness.Databases;

/// <summary>On a test class: its <see cref="DatabaseFactAttribute"/>s are skipped, with the reason, where there is no PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NeedsPostgresAttribute : Attribute;
