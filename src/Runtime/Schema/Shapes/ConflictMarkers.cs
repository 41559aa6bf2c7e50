namespace Typed.Schema.Shapes;

/// <summary>The lines that a merge leaves where two sides changed the same: one side is read, so that a class made from the file keeps its members.</summary>
internal static class ConflictMarkers
{
    private const string Ours = "<<<<<<<";
    private const string Base = "|||||||";
    private const string Theirs = "=======";
    private const string End = ">>>>>>>";

    /// <summary>The text with one side of each conflict only; characters stay where they are.</summary>
    /// <param name="text">The text.</param>
    /// <param name="first">The first marker; null: there is none.</param>
    public static string Remove(string text, out int? first)
    {
        first = null;
        if (text.IndexOf(Ours, StringComparison.Ordinal) < 0 && text.IndexOf(End, StringComparison.Ordinal) < 0)
        {
            return text;
        }

        var units = text.ToCharArray();
        var isDropped = false;
        for (int start = 0, next; start < text.Length; start = next)
        {
            next = text.IndexOf('\n', start) is >= 0 and var end ? end + 1 : text.Length;
            var isOther = first is not null && (Starts(text, start, Base) || Starts(text, start, Theirs));
            var isMarker = isOther || Starts(text, start, Ours) || Starts(text, start, End);
            first ??= isMarker ? start : null;
            isDropped = isMarker ? isOther : isDropped;
            for (var i = start; i < next && (isMarker || isDropped); i++)
            {
                units[i] = units[i] is '\n' or '\r' ? units[i] : ' ';
            }
        }

        return new string(units);
    }

    private static bool Starts(string text, int start, string marker) => string.CompareOrdinal(text, start, marker, 0, marker.Length) == 0;
}
