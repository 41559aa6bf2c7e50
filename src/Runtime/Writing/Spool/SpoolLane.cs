namespace Typed.Writing.Spool;

/// <summary>A declared type, and of a stream a namespace, as items name it.</summary>
/// <param name="number">Its number in frames that this process writes.</param>
/// <param name="layout">How its items are laid out, as lines of <c>word: value</c>.</param>
internal sealed class SpoolLane(int number, string layout)
{
    public int Number => number;

    public string Layout => layout;

    /// <summary>The last segment that declares it.</summary>
    public long DeclaredIn { get; set; }

    /// <summary>Begins an item of the lane.</summary>
    public void Begin(PayloadWriter payload)
    {
        payload.Begin(FrameKind.Item);
        payload.Number((ulong)number);
    }

    public void Declare(PayloadWriter payload)
    {
        payload.Begin(FrameKind.Lane);
        payload.Number((ulong)number);
        payload.Text(layout);
    }
}
