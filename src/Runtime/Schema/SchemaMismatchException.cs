namespace Typed;

/// <summary>A declaration no longer fits the data that is stored under it. Nothing was changed.</summary>
public sealed class SchemaMismatchException : Exception
{
    internal SchemaMismatchException(string message)
        : base(message)
    {
    }
}
