namespace Typed.Storage;

/// <summary>Where a session does its work.</summary>
/// <param name="Process">The server's process.</param>
/// <param name="Began">When the session began to work there, by <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/>.</param>
internal readonly record struct SessionPlace(int Process, long Began);
