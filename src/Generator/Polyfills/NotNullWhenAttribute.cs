namespace System.Diagnostics.CodeAnalysis;

/// <summary>Tells the compiler's null analysis what netstandard2.0 has no attribute for.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class NotNullWhenAttribute(bool returnValue) : Attribute
{
    public bool ReturnValue { get; } = returnValue;
}
