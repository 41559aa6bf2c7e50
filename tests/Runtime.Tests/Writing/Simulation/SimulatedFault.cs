namespace Typed.Runtime.Tests.Writing.Simulation;

/// <summary>What becomes of one attempt at a <see cref="SimulatedDatabase"/>.</summary>
internal enum SimulatedFault
{
    None,

    /// <summary>No connection can be made.</summary>
    NoConnection,

    /// <summary>The connection takes longer to open than an attempt may.</summary>
    SlowConnection,

    /// <summary>The connection breaks, and nothing was done.</summary>
    BreakBefore,

    /// <summary>It was done, and the connection breaks.</summary>
    BreakAfter,

    /// <summary>The connection breaks, and the request reaches the database later.</summary>
    Late,

    /// <summary>The database takes the request back, and says so.</summary>
    Undone,

    /// <summary>It is done, and the answer comes long after the attempt was given up.</summary>
    Silent,

    /// <summary>An error that the engine does not know; it was done.</summary>
    StrangeAfter,

    /// <summary>An error that the engine does not know; nothing was done.</summary>
    StrangeBefore,
}
