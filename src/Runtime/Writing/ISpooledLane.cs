using Typed.Writing.Spool;

namespace Typed.Writing;

/// <summary>A lane whose posted items may stand in a spool.</summary>
internal interface ISpooledLane
{
    /// <summary>How its items are laid out, as lines of <c>word: value</c>.</summary>
    string SpoolLayout { get; }

    /// <summary>Why items of an earlier layout cannot be read; null: they can.</summary>
    string? Unfit(string layout);

    /// <summary>Takes an item out of a spool into the writer's memory, where it has room.</summary>
    /// <exception cref="InvalidDataException">It does not fit.</exception>
    void Feed(StoreWriter writer, RecordReader record, long item);
}
