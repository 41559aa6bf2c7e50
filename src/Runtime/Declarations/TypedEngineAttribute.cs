namespace Typed;

/// <summary>Names the engine that an assembly brings, so that the generator finds it on a reference and the emitted module registers it.</summary>
/// <param name="engine">The engine's type: public, with a public constructor without parameters.</param>
[AttributeUsage(AttributeTargets.Assembly)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TypedEngineAttribute(Type engine) : Attribute
{
    /// <summary>The engine's type.</summary>
    public Type Engine { get; } = engine;
}
