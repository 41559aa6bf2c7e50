using Typed.Tests.Harness.Structure;

namespace Typed.Runtime.Tests.Structure;

/// <summary>The order of the rooms of src/Runtime, as docs/architecture.md has it.</summary>
internal static class Rooms
{
    /// <summary>Emitted code sees Generated; the rooms whose types are closed over emitted ones know its interfaces.</summary>
    public static RoomOrder Order { get; } = new RoomOrder(
            ["Hosting"],
            ["Consuming", "Linq"],
            ["Series/Handles", "Streams/Handles"],
            ["Series/Rebuilding", "Streams/Rebuilding"],
            ["Series/Plans", "Streams/Following"],
            ["Series/Reading", "Streams/Reading"],
            ["Streams/Writing"],
            ["Series/Kinds", "Streams/Json"],
            ["Series", "Streams"],
            ["Writing"],
            ["Storage/Migrations"],
            ["Storage/Provisioning", "Storage/Statements"],
            ["Storage/Model"],
            ["Storage/Tables"],
            ["Storage"],
            ["Values"],
            ["Schema/Shapes"],
            ["Schema"],
            ["Schema/Json"],
            ["Time"],
            ["Declarations", "Diagnostics"])
        .WithFace("Generated", knownBy: ["Consuming", "Hosting", "Linq", "Series", "Streams"])
        .Apart("Series", "Streams");
}
