namespace Typed;

/// <summary>A read could not be completed within <c>ReadTimeout</c>, or the database refused it. The provider's error is inside.</summary>
public sealed class ReadFailedException : Exception
{
    internal ReadFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
