using System.Text;

namespace Typed.Series.Reading;

/// <summary>Texts that begin alike, as a range of the database's order, which is that of code points.</summary>
internal sealed class KeyPrefix
{
    /// <summary>No member of a key has so many characters: whatever begins with the last code points lies before their repetition.</summary>
    private const int MoreThanAny = 512;

    private const string LastCodePoint = "\U0010FFFF";

    private readonly string _from;
    private readonly string _to;

    /// <exception cref="ArgumentException">The text cannot be the beginning of a stored one.</exception>
    public KeyPrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (TextColumn.Refusal(prefix) is { } reason)
        {
            throw new ArgumentException($"No key begins with this prefix: {reason}.", nameof(prefix));
        }

        _from = prefix;
        _to = After(prefix);
    }

    public void Bind(ParameterWriter parameters)
    {
        parameters.Text(_from);
        parameters.Text(_to);
    }

    /// <summary>The first text after all that begin with a prefix.</summary>
    private static string After(string prefix)
    {
        Rune[] runes = [.. prefix.EnumerateRunes()];
        for (var last = runes.Length - 1; last >= 0; last--)
        {
            var code = runes[last].Value + 1;
            if (code <= 0x10FFFF)
            {
                var next = Rune.IsValid(code) ? new Rune(code) : new Rune('\uE000');
                return string.Concat(runes[..last]) + next;
            }
        }

        return string.Concat(Enumerable.Repeat(LastCodePoint, MoreThanAny));
    }
}
