namespace Typed;

/// <summary>
/// Makes the declared types of an assembly wait until they are asked for: an application that only references the assembly gets no tables of theirs. Its module
/// is named where they are wanted: <c>services.AddTypedModule(module)</c>, <c>o.Include(module)</c>, <c>modelBuilder.AddTyped(module)</c>; its types are then
/// added to those in use.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class TypedModuleOnRequestAttribute : Attribute;
