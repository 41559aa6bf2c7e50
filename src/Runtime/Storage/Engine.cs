using System.ComponentModel;

namespace Typed.Generated;

/// <summary>What one database brings: an assembly of its own implements it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Engine
{
    private protected Engine()
    {
    }
}
