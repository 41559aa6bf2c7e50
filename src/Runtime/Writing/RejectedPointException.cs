using System.Globalization;

namespace Typed;

/// <summary>A point or an argument holds a value that cannot be stored. Nothing of the call was written.</summary>
public sealed class RejectedPointException : ArgumentException
{
    /// <summary>Creates the exception for an argument: the key of a read, or the parts of a single point.</summary>
    /// <param name="member">The member that holds the value.</param>
    /// <param name="reason">Why the value is refused; names the value.</param>
    public RejectedPointException(string member, string reason)
        : base($"{member}: {reason}.", member)
    {
        Member = member;
        Reason = reason;
    }

    /// <summary>Creates the exception for a point.</summary>
    /// <param name="member">The member that holds the value.</param>
    /// <param name="reason">Why the value is refused; names the value.</param>
    /// <param name="index">The point's position in the call, from 0.</param>
    public RejectedPointException(string member, string reason, long index)
        : base(string.Create(CultureInfo.InvariantCulture,
            $"{member}: {reason}. Point {index} of the call is refused, and nothing of the call was written."), member)
    {
        Member = member;
        Reason = reason;
        Index = index;
    }

    /// <summary>The same of a point in a stream, whose earlier points may be stored.</summary>
    internal RejectedPointException(RejectedPointException refused, long before)
        : base(string.Create(CultureInfo.InvariantCulture, $"{refused.Member}: {refused.Reason}. Point {before + refused.Index} of the stream is refused."),
            refused.Member)
    {
        Member = refused.Member;
        Reason = refused.Reason;
        Index = before + refused.Index;
    }

    /// <summary>The declared member that holds the value.</summary>
    public string Member { get; }

    /// <summary>Why the value is refused; names the value.</summary>
    public string Reason { get; }

    /// <summary>The point's position in the call, or in the stream that the call was given, from 0.</summary>
    public long Index { get; }
}
