namespace Typed;

/// <summary>Names an assembly's module, so that the generator finds it when another assembly references this one. Emitted.</summary>
/// <param name="module">The module's type.</param>
[AttributeUsage(AttributeTargets.Assembly)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TypedModuleAttribute(Type module) : Attribute
{
    /// <summary>The module's type.</summary>
    public Type Module { get; } = module;

    /// <summary>Whether the module is used only where it is named.</summary>
    public bool IsOnRequest { get; set; }
}
