namespace Typed.Storage.Model;

/// <summary>A row of <c>typed_catalog</c>: how the data of one interval was laid out when its table was made.</summary>
internal sealed class CatalogEntry
{
    /// <summary>The table.</summary>
    public required string Name { get; set; }

    /// <summary>The layout, as text that two versions of a declaration can be compared by.</summary>
    public required string Layout { get; set; }
}

/// <summary>A row of <c>typed_writers</c>: the last flush of one writer that was committed.</summary>
internal sealed class WriterEntry
{
    public Guid Writer { get; set; }

    public long Seq { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
