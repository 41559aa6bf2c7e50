namespace Typed;

/// <summary>
/// Marks the static method that makes an event of a class, or of an earlier version of it, from one of the version before: its parameter is the class of that
/// version. Events of older versions are read through the chain of such methods.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UpcastAttribute : Attribute;
