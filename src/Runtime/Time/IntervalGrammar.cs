using System.Diagnostics.CodeAnalysis;

namespace Typed.Time;

/// <summary>The interval grammar, <c>name: STEP [by RESOLUTION] [keep N] [in ZONE]</c>: the one place where it is read.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
internal static class IntervalGrammar
{
    /// <summary>Reads one interval.</summary>
    /// <param name="text">For instance <c>day: daily by 1h keep 400 in Europe/Paris</c>.</param>
    /// <param name="spec">The interval; null when the text is wrong.</param>
    /// <param name="error">The first error; null when the text is right.</param>
    /// <returns>Whether the text is right.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out IntervalSpec? spec, [NotNullWhen(false)] out IntervalError? error)
    {
        var errors = new List<IntervalError>();
        spec = new IntervalParser(text, 0, errors).Parse();
        error = errors.Count == 0 ? null : errors[0];
        return error is null;
    }

    /// <summary>Reads all intervals of one class, which may not share a name.</summary>
    /// <param name="texts">One text per interval.</param>
    /// <param name="specs">The intervals without error, in order.</param>
    /// <param name="errors">Every error, by text and then by place. A name that comes twice is an error of the later text.</param>
    /// <returns>Whether there is no error.</returns>
    public static bool TryParseAll(IReadOnlyList<string> texts, out IReadOnlyList<IntervalSpec> specs, out IReadOnlyList<IntervalError> errors)
    {
        var good = new List<IntervalSpec>();
        var bad = new List<IntervalError>();
        // Ordinal, because C# names are; without case, because names become PascalCase members.
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

        for (var i = 0; i < texts.Count; i++)
        {
            var before = bad.Count;
            var parser = new IntervalParser(texts[i], i, bad);
            var spec = parser.Parse();

            // The name of a text that is wrong elsewhere counts too: mending one typo should not bring up the next error.
            if (parser.Name is Word name && !names.Add(name.Text))
            {
                bad.Insert(
                    before,
                    name.Error(i, IntervalErrorKind.DuplicateName,
                        $"An earlier interval is already named '{name.Text}'; names must differ by more than their case."));
                spec = null;
            }

            if (spec is not null)
            {
                good.Add(spec);
            }
        }

        specs = good;
        errors = bad;
        return bad.Count == 0;
    }
}
