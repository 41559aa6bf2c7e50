using Typed.Tests.Harness.Structure;

namespace Typed.Runtime.Tests.Structure;

/// <summary>The order of the rooms of src/Runtime, as docs/architecture.md has it.</summary>
internal static class Rooms
{
    /// <summary>Emitted code sees Generated; the rooms whose types are closed over emitted ones know its interfaces.</summary>
    public static RoomOrder Order { get; } = new RoomOrder(["Hosting"], ["Series", "Streams"], ["Writing"], ["Storage"], ["Values"], ["Schema"], ["Time"], ["Declarations"])
        .WithFace("Generated", knownBy: ["Hosting", "Series", "Streams"]);
}
