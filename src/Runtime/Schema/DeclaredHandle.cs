namespace Typed.Schema;

/// <summary>How a store hands out a declared type. The rooms above know how; a declaration only carries it.</summary>
internal abstract class DeclaredHandle
{
    /// <summary>The type of the handle, as a constructor asks for it.</summary>
    public abstract Type Type { get; }
}
