using System.Reflection;

namespace Typed.Conformance.Tests.Streams;

/// <summary>Emitted serializers against the framework's own, on the same classes and texts.</summary>
public sealed class SameAsFrameworkTests
{
    private static readonly Lazy<Assembly> s_declared = new(() => EmittedAssembly.Create("Typed.Shapes", [("Shapes.cs", Shapes.Source)]).Assembly);

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var (name, texts) in Shapes.Texts)
            {
                foreach (var text in texts)
                {
                    cases.Add(name, text);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Reading_and_writing(string name, string text)
    {
        var type = Type(name);
        AgainstFramework.Compare(type, text);
    }

    /// <summary>Which the framework's own serializer refuses, though no harm is in it.</summary>
    [Fact]
    public void Parameters_passed_by_in()
    {
        const string Text = """{"a":1,"b":"x","c":{"value":2,"hidden":3}}""";
        Assert.Equal(Text, AgainstFramework.Emitted(Type("PassedIn"), Text, value: null).Read);
    }

    private static Type Type(string name) => s_declared.Value.GetType("Shapes." + name, throwOnError: true)!;
}
