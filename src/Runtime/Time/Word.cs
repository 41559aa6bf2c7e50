namespace Typed.Time;

/// <summary>A word of an interval's text, and where it stands.</summary>
internal readonly record struct Word(string Text, int Start)
{
    public int End => Start + Text.Length;

    public IntervalError Error(int index, IntervalErrorKind kind, string message) => new(kind, message, index, Start, Text.Length);

    /// <summary>The pieces of <paramref name="text"/> between white space, from <paramref name="start"/> up to <paramref name="end"/>.</summary>
    public static List<Word> Split(string text, int start, int end)
    {
        var words = new List<Word>();
        for (var i = start; i < end;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }

            var first = i;
            while (i < end && !char.IsWhiteSpace(text[i]))
            {
                i++;
            }

            words.Add(new Word(text.Substring(first, i - first), first));
        }

        return words;
    }
}
