namespace Typed.Time;

/// <summary>What is wrong with the text of an interval.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
internal enum IntervalErrorKind
{
    /// <summary>A word is missing, superfluous, repeated or in the wrong place.</summary>
    Syntax,

    /// <summary>The name is no C# identifier.</summary>
    Name,

    /// <summary>The step or resolution is neither a width nor a calendar word.</summary>
    Step,

    /// <summary>The width is zero or longer than 36 525 days.</summary>
    Width,

    /// <summary>The count after <c>keep</c> is no whole number from 1 to 2 147 483 647.</summary>
    Keep,

    /// <summary>The resolution is coarser than the step.</summary>
    Coarser,

    /// <summary>The zone is unknown, or stands on an interval without a calendar word.</summary>
    Zone,

    /// <summary>An earlier interval of the class has the same name, perhaps in another case.</summary>
    DuplicateName,
}

/// <summary>One error in the text of an interval, and where.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Message">A sentence that quotes the offending words and says what would be right.</param>
/// <param name="Index">Which of the texts, from 0.</param>
/// <param name="Start">First offending character, in UTF-16 code units from 0.</param>
/// <param name="Length">Number of offending code units; 0 only for an empty text.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
internal sealed record IntervalError(IntervalErrorKind Kind, string Message, int Index, int Start, int Length);
