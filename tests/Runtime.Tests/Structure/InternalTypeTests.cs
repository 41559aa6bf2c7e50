using System.Reflection;
using Typed.Tests.Harness.Structure;

namespace Typed.Runtime.Tests.Structure;

/// <summary>Types that EF Core and Npgsql may change in any release: few are named, and each has a reason.</summary>
public class InternalTypeTests
{
    private static readonly Assembly[] s_assemblies = [typeof(TypedStore).Assembly, typeof(Postgres.PostgresEngine).Assembly, typeof(Sqlite.SqliteEngine).Assembly];

    [Fact]
    public void Few_internal_types_are_named() => Assert.Equal(
        ["ComplexType", "JsonEachExpression", "Model", "NpgsqlOptionsExtension", "PgTableValuedFunctionExpression"],
        Named(s_assemblies.SelectMany(assembly => assembly.GetTypes())));

    [Fact]
    public void The_check_can_fail() => Assert.Equal(["SqliteOptionsExtension"], Named([typeof(NamesOne)]));

    // What a type inherits, it does not name: interfaces of its base, and the base of a type whose method it calls. A nested type counts with that around it.
    private static string[] Named(IEnumerable<Type> types)
    {
        var found = types.SelectMany(type => TypeReferences.Of(type).Except(type.BaseType?.GetInterfaces() ?? [])).Where(IsInternal).Select(type => type.DeclaringType ?? type).Distinct().ToArray();
        return [.. found.Where(type => !found.Any(other => other.BaseType == type)).Select(type => type.Name).Order(StringComparer.Ordinal)];
    }

    private static bool IsInternal(Type type) => type.Namespace is { } space
        && (space.StartsWith("Microsoft.EntityFrameworkCore.", StringComparison.Ordinal) || space.StartsWith("Npgsql.", StringComparison.Ordinal))
        && space.Split('.').Contains("Internal", StringComparer.Ordinal);

    private sealed class NamesOne
    {
#pragma warning disable EF1001 // A bad example.
        public static Type Get() => typeof(Microsoft.EntityFrameworkCore.Sqlite.Infrastructure.Internal.SqliteOptionsExtension);
#pragma warning restore EF1001
    }
}
