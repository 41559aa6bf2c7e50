using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Typed.Generator.Model.Streams;

namespace Typed.Generator.Tests.Streams;

public sealed class StreamModelTests
{
    [Fact]
    public void The_model_holds_no_Roslyn_type_and_only_values() => Assert.Empty(Faults(typeof(StreamModel)));

    [Fact]
    public void The_test_can_fail()
    {
        Assert.NotEmpty(Faults(typeof(WithSymbol)));
        Assert.NotEmpty(Faults(typeof(WithList)));
    }

    private static List<string> Faults(Type root)
    {
        var faults = new List<string>();
        var seen = new HashSet<Type>();
        Visit(root);
        return faults;

        void Visit(Type type)
        {
            if (!seen.Add(type))
            {
                return;
            }

            if (type.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true)
            {
                faults.Add(type.FullName!);
            }

            foreach (var argument in type.GenericTypeArguments)
            {
                Visit(argument);
            }

            if (type.Namespace?.StartsWith("Typed.", StringComparison.Ordinal) != true || type.IsEnum || type.Name.StartsWith("EquatableArray", StringComparison.Ordinal))
            {
                // Lists of the framework compare by reference.
                if (type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) && !type.Name.StartsWith("EquatableArray", StringComparison.Ordinal))
                {
                    faults.Add(type.FullName!);
                }

                return;
            }

            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                Visit(property.PropertyType);
            }
        }
    }

    private sealed record WithSymbol(string Name, ISymbol Symbol);

    private sealed record WithList(List<string> Names);
}
