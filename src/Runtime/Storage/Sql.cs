namespace Typed.Storage;

/// <summary>A statement with a fixed text. Compared by reference: sessions keep what they prepared under it.</summary>
internal sealed class Sql(string text)
{
    public string Text { get; } = text;

    public override string ToString() => Text;
}
