namespace Typed.Storage;

/// <summary>A statement with a fixed text. Compared by reference: sessions keep what they prepared under it.</summary>
internal sealed class Sql(string text)
{
    public string Text { get; } = text;

    /// <summary>Whether the rows that it changes are not counted: they are the store's own.</summary>
    public bool IsUncounted { get; init; }

    public override string ToString() => Text;
}
