namespace Typed.Writing;

/// <summary>How a writer behaves when the database is slow or gone.</summary>
internal sealed record WriteOptions(TimeSpan WriteTimeout);
