using System.Globalization;
using Typed.Streams;

namespace Typed;

#pragma warning disable RCS1194 // Only the library creates it, always with the place and the reason.

/// <summary>An event was refused before anything was stored: its body or its time cannot be kept exactly, or another body is stored under its id.</summary>
public sealed class EventRejectedException : ArgumentException
{
    internal EventRejectedException(int index, IReadOnlyList<object> path, string reason, Exception? inner = null)
        : base($"Event {index.ToString(CultureInfo.InvariantCulture)} is refused: {PathText.Format(path)} holds {reason}.", inner)
    {
        Index = index;
        Path = path;
        Reason = reason;
    }

    /// <summary>Adds to the position of a refused event the number of events of the async stream that came before its batch.</summary>
    internal EventRejectedException(EventRejectedException refused, long before)
        : this(checked((int)(before + refused.Index)), refused.Path, refused.Reason, refused.InnerException)
    {
    }

    /// <summary>The position of the event in the put, or in the stream that the put was given, from 0.</summary>
    public int Index { get; }

    /// <summary>
    /// JSON names (<see cref="string"/>) and indexes (<see cref="int"/>) from the body inwards; empty where the body as a whole, its time or its id is refused.
    /// </summary>
    public IReadOnlyList<object> Path { get; }

    /// <summary>What was found there.</summary>
    public string Reason { get; }
}
