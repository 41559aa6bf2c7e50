using System.Text.RegularExpressions;

namespace Typed.Generator.Tests.Docs;

/// <summary>The page of recipes: a block <c>setup</c> for all, blocks <c>declarations</c> for their sections, and blocks of code that print what their comments say.</summary>
internal sealed partial class Cookbook
{
    public Cookbook(string text)
    {
        var setup = Codes(text, "setup").Single();
        Declarations = string.Concat(Codes(text, "declarations"));
        Recipes =
        [
            .. Titles().Split(text).Skip(1).SelectMany(part => Codes(part, "").Select(code => new Recipe(
                part[..part.IndexOf('\n', StringComparison.Ordinal)], setup + code, [.. Promises().Matches(code).Select(match => match.Groups["printed"].Value.Trim())]))),
        ];
    }

    public string Declarations { get; }

    public IReadOnlyList<Recipe> Recipes { get; }

    /// <summary>The blocks of C# of that kind.</summary>
    public static IEnumerable<string> Codes(string text, string kind) =>
        Blocks().Matches(text).Where(block => block.Groups["kind"].Value == kind).Select(block => block.Groups["code"].Value);

    [GeneratedRegex("^### ", RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Titles();

    [GeneratedRegex("```csharp ?(?<kind>[a-z]*)\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^(// |.*Console\.WriteLine\(.*\);\s+// )(?<printed>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Promises();
}
