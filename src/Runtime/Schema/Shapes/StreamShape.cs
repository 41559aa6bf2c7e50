namespace Typed.Schema.Shapes;

/// <summary>A stream as it is stored, or as it is declared. What one of the two does not say has not changed.</summary>
/// <param name="Name">The stream's name.</param>
/// <param name="Naming">How members are named in JSON; null: not said.</param>
/// <param name="Schema">JSON Schema of its events, canonical text; null: not said.</param>
internal sealed record StreamShape(string Name, string? Naming, string? Schema)
{
    /// <summary>How bodies are stored; null: not said.</summary>
    public string? Body { get; init; }

    /// <summary>Whether it has a commit order; null: not said.</summary>
    public string? Follow { get; init; }
}
