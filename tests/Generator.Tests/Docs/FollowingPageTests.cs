using System.Text.RegularExpressions;
using Typed.Generator.Tests.Harness;

namespace Typed.Generator.Tests.Docs;

/// <summary>The examples of the page on following compile, each where the page has it.</summary>
public partial class FollowingPageTests
{
    [Fact]
    public void The_examples_compile()
    {
        string[] examples = [.. Blocks().Matches(Page.Text("docs/following.md")).Select(block => block.Groups["code"].Value)];
        Assert.True(examples.Length >= 7);
        var types = examples.Where(IsType);
        var methods = examples.Where(example => !IsType(example)).Select((example, number) => $$"""
            static async Task Example{{number}}(
                TypedStore store, StreamPosition position, IServiceCollection services, string connectionString, CancellationToken cancellationToken)
            {
                {{example}}
                await Task.Yield();
            }
            """);

        Compile.Run(
            new TypedGenerator(),
            CompileOptions.Default with { Engines = true, NoWarn = ["CS1701", "CS1702", "CS0219", "CS8321", "IDE0059"] },
            $"using Typed;\nusing Microsoft.EntityFrameworkCore;\nusing Microsoft.Extensions.DependencyInjection;\n{string.Join('\n', types)}\n"
                + $"static class Page\n{{\n{string.Join('\n', methods)}\n}}").AssertClean();
    }

    private static bool IsType(string example) => example.StartsWith('[') || example.StartsWith("public ", StringComparison.Ordinal);

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Blocks();
}
