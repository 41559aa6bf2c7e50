using System.Globalization;

namespace Typed.Time;

/// <summary>
/// Reads one interval and collects every error of it. Each error underlines the first word that is wrong where it stands;
/// a clause that may not be there at all is underlined with its keyword.
/// </summary>
internal sealed class IntervalParser(string text, int index, List<IntervalError> errors)
{
    // In the order in which the clauses must come.
    private static readonly string[] s_keywords = ["by", "keep", "in"];
    private const int By = 0, Keep = 1, In = 2;

    /// <summary>The name, once parsed and if it is an identifier.</summary>
    public Word? Name { get; private set; }

    /// <summary>The interval, or null when an error was added.</summary>
    public IntervalSpec? Parse()
    {
        var before = errors.Count;
        var colon = text.IndexOf(':');
        if (colon < 0)
        {
            Fail(Whole(text.Length), IntervalErrorKind.Syntax, "An interval needs a name and a step, as in 'minute: 1m'.");
            return null;
        }

        Name = ParseName(colon);
        var words = Word.Split(text, colon + 1, text.Length);
        if (words.Count == 0)
        {
            Fail(Whole(colon + 1), IntervalErrorKind.Syntax, "The step is missing, as in 'minute: 1m' or 'day: daily'.");
            return null;
        }

        var step = ParseStep(words[0]);
        // A keyword in the step's place is wrong there, yet still opens its clause.
        var clauses = ParseClauses(words, IsKeyword(words[0]) ? 0 : 1, before);
        var resolution = clauses.Argument[By] is Word by ? ParseStep(by) : step;
        var keep = clauses.Argument[Keep] is Word n ? ParseKeep(n) : null;
        var zone = ParseZone(clauses, step, resolution);
        if (step is StepSpec s && resolution is StepSpec r && r.NominalSeconds > s.NominalSeconds)
        {
            Fail(
                clauses.Argument[By]!.Value, IntervalErrorKind.Coarser,
                $"The resolution '{r}' is coarser than the step '{s}'; a slot is at most as long as its bucket.");
        }

        if (errors.Count == before)
        {
            return new IntervalSpec(Name!.Value.Text, step!.Value, resolution!.Value, keep, zone);
        }

        errors.Sort(before, errors.Count - before, Comparer<IntervalError>.Create(static (a, b) => a.Start.CompareTo(b.Start)));
        return null;
    }

    private Word? ParseName(int colon)
    {
        var name = Whole(colon);
        if (Identifier.IsValid(name.Text))
        {
            return name;
        }

        if (name.Text.Length == 0)
        {
            Fail(new Word(":", colon), IntervalErrorKind.Name, "The name before the colon is missing, as in 'minute: 1m'.");
        }
        else
        {
            Fail(name, IntervalErrorKind.Name, $"'{name.Text}' is no C# identifier; the name becomes a member.");
        }

        return null;
    }

    private StepSpec? ParseStep(Word word)
    {
        if (StepParser.TryParse(word.Text, out var step, out var kind, out var message))
        {
            return step;
        }

        Fail(word, kind, message);
        return null;
    }

    private int? ParseKeep(Word word)
    {
        if (!StepParser.IsDigits(word.Text, word.Text.Length))
        {
            Fail(word, IntervalErrorKind.Keep, $"'{word.Text}' is no number of buckets; write a whole number, as in 'keep 120'.");
        }
        else if (!int.TryParse(word.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var keep))
        {
            Fail(word, IntervalErrorKind.Keep, $"'keep {word.Text}' is more than 2147483647 buckets; leave it out to keep them for ever.");
        }
        else if (keep == 0)
        {
            Fail(word, IntervalErrorKind.Keep, "'keep' counts the current bucket and is at least 1.");
        }
        else
        {
            return keep;
        }

        return null;
    }

    private string? ParseZone(Clauses clauses, StepSpec? step, StepSpec? resolution)
    {
        var calendar = step?.IsCalendar == true || resolution?.IsCalendar == true;
        if (clauses.Argument[In] is not Word zone)
        {
            return calendar ? IntervalSpec.DefaultZone : null;
        }

        // With a step in error nobody knows whether a zone is in place.
        if (!calendar && step is not null && resolution is not null)
        {
            Fail(
                Between(clauses.Keyword[In]!.Value, zone), IntervalErrorKind.Zone,
                $"'in {zone.Text}' needs a calendar word (daily, weekly, monthly, yearly); fixed widths have no zone.");
        }
        else if (!ZoneIds.Contains(zone.Text))
        {
            var near = string.Join(", ", NearestZones.Find(zone.Text));
            Fail(zone, IntervalErrorKind.Zone, near.Length > 0
                ? $"'{zone.Text}' is no IANA time zone; did you mean {near}? Ids are matched with their case."
                : $"'{zone.Text}' is no IANA time zone, as in 'in Europe/Paris'; ids are matched with their case.");
        }

        return zone.Text;
    }

    private Clauses ParseClauses(List<Word> words, int position, int before)
    {
        var clauses = new Clauses();
        var last = -1;
        while (position < words.Count)
        {
            var keyword = words[position++];
            var which = Array.IndexOf(s_keywords, keyword.Text);
            if (which < 0)
            {
                // After another error a stray word is most likely a part of it: 1 m.
                if (errors.Count == before)
                {
                    Fail(keyword, IntervalErrorKind.Syntax, $"'{keyword.Text}' is out of place; after the step come 'by RESOLUTION', 'keep N', 'in ZONE'.");
                }

                break;
            }

            Word? argument = position < words.Count && !IsKeyword(words[position]) ? words[position++] : null;
            if (which <= last)
            {
                Fail(Between(keyword, argument ?? keyword), IntervalErrorKind.Syntax, which == last
                    ? $"'{keyword.Text}' is there twice."
                    : $"'{keyword.Text}' is in the wrong place; the order is 'by RESOLUTION', 'keep N', 'in ZONE'.");
                continue;
            }

            last = which;
            if (argument is null)
            {
                var needed = which switch
                {
                    By => "a resolution, as in 'by 1m'",
                    Keep => "a number, as in 'keep 120'",
                    _ => "a zone, as in 'in Europe/Paris'",
                };
                Fail(keyword, IntervalErrorKind.Syntax, $"'{keyword.Text}' needs {needed}.");
            }

            clauses.Keyword[which] = keyword;
            clauses.Argument[which] = argument;
        }

        return clauses;
    }

    private static bool IsKeyword(Word word) => Array.IndexOf(s_keywords, word.Text) >= 0;

    private Word Between(Word first, Word last) => new(text.Substring(first.Start, last.End - first.Start), first.Start);

    /// <summary>Everything before <paramref name="end"/> without the white space around it.</summary>
    private Word Whole(int end)
    {
        var head = text.Substring(0, end);
        var trimmed = head.Trim();
        return trimmed.Length == 0 ? new Word(head, 0) : new Word(trimmed, head.Length - head.TrimStart().Length);
    }

    private void Fail(Word word, IntervalErrorKind kind, string message) => errors.Add(word.Error(index, kind, message));

    private sealed class Clauses
    {
        public Word?[] Keyword { get; } = new Word?[s_keywords.Length];
        public Word?[] Argument { get; } = new Word?[s_keywords.Length];
    }
}
