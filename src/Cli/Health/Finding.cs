namespace Typed.Cli.Health;

/// <summary>Something that was found out about a database.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Found">What was found.</param>
/// <param name="ToDo">What to do; null: nothing.</param>
internal sealed record Finding(string Subject, string Found, string? ToDo = null);
