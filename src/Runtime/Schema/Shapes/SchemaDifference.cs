namespace Typed.Schema.Shapes;

/// <summary>A difference between what is stored and what is declared, in the words in which everything that checks speaks of it.</summary>
/// <param name="Kind">What differs.</param>
/// <param name="Owner">The name of the stream or series.</param>
/// <param name="Path">Where: a member in a body, an interval, or a part of the declaration such as <c>keys</c>; empty: the whole.</param>
/// <param name="Stored">What is stored, in words.</param>
/// <param name="Declared">What is declared, in words.</param>
internal sealed record SchemaDifference(DifferenceKind Kind, string Owner, string Path, string Stored, string Declared)
{
    /// <summary>What it means.</summary>
    public Verdict Verdict => Verdicts.Of(Kind);

    /// <summary>Whether it is about a stream rather than a series.</summary>
    public bool IsOfStream { get; init; }

    /// <summary>Of a member: the way to it.</summary>
    public MemberPath Member { get; init; } = MemberPath.Body;

    /// <summary>Of a member that has another name: the one that is stored.</summary>
    public string? FormerName { get; init; }

    /// <summary>Of a member that the class does not have: its JSON Schema.</summary>
    public string? StoredSchema { get; init; }

    /// <summary>What differs, without the name of its owner.</summary>
    public string Text => DifferenceWords.Text(this);

    /// <summary>What can be done about it.</summary>
    public string WayOut => DifferenceWords.WayOut(Kind);

    public override string ToString() => DifferenceWords.Whole(this);
}
