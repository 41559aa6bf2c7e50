namespace Typed.Generator.Analysis;

/// <summary>What all rules share.</summary>
internal static class Rules
{
    /// <summary>Cause, wrong, right: the help link of a rule.</summary>
    public static string Page(string id) => $"https://github.com/typed-net/typed/blob/main/docs/rules/{id}.md";
}
