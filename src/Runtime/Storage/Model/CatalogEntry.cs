namespace Typed.Storage.Model;

/// <summary>A row of <c>typed_catalog</c>: how the data of one interval was laid out when its table was made.</summary>
internal sealed class CatalogEntry
{
    /// <summary>The table.</summary>
    public required string Name { get; set; }

    /// <summary>The layout, as text that two versions of a declaration can be compared by.</summary>
    public required string Layout { get; set; }
}

/// <summary>
/// A row of <c>typed_follow</c>: which history of commits the positions of followers belong to. On PostgreSQL there are two rows, written by different
/// transactions: those of a database that was restored from a dump say another transaction than the one that wrote them.
/// </summary>
internal sealed class FollowEntry
{
    /// <summary>1 or 2.</summary>
    public int Place { get; set; }

    /// <summary>The history's number: later ones have higher numbers.</summary>
    public long Epoch { get; set; }

    /// <summary>The transaction that wrote the row, where the database numbers them; else 0.</summary>
    public long Tx { get; set; }
}

/// <summary>A row of <c>typed_consumers</c>: how far a consumer has come.</summary>
internal sealed class ConsumerEntry
{
    public required string Name { get; set; }

    public required string Stream { get; set; }

    public required string Namespace { get; set; }

    /// <summary>The text of a position.</summary>
    public required string Position { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>A row of <c>typed_writers</c>: the last flush of one writer that was committed.</summary>
internal sealed class WriterEntry
{
    public Guid Writer { get; set; }

    public long Seq { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
