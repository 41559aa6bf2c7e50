namespace Typed;

/// <summary>The database of a store cannot be opened.</summary>
public sealed class StoreUnavailableException : Exception
{
    internal StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
