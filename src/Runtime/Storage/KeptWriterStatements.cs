namespace Typed.Storage;

/// <summary>How the lines of writers are kept that a spool may still ask for.</summary>
/// <param name="Keep">Makes a writer's line, or moves its number forward, and keeps it from being cleaned away.</param>
/// <param name="Release">Lets the line be cleaned away in time.</param>
/// <param name="Sequence">Reads a writer's number.</param>
/// <param name="Fence">Moves a writer's number past a flush that has not been applied.</param>
internal sealed record KeptWriterStatements(Sql Keep, Sql Release, Sql Sequence, Sql Fence);
