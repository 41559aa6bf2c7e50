namespace Typed.Generator.Tests.Docs;

/// <summary>A recipe of a page: its code, and the lines that its comments promise.</summary>
internal sealed record Recipe(string Title, string Code, IReadOnlyList<string> Promised);
