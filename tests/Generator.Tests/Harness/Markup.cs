using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Typed.Generator.Tests.Harness;

/// <summary>Source text with marks where squiggles lie: <c>[|name|]</c> for the id at hand, <c>{|TYP0001:name|}</c> for a named one.</summary>
internal static partial class Markup
{
    /// <summary>Splits marked text into the plain source and the squiggles in it.</summary>
    /// <param name="marked">The text with marks.</param>
    /// <param name="id">The id that <c>[|</c> stands for.</param>
    public static (string Source, IReadOnlyList<Squiggle> Squiggles) Parse(string marked, string id)
    {
        var source = new StringBuilder();
        var open = new Stack<(int Start, string Id)>();
        var squiggles = new List<Squiggle>();
        marked = marked.ReplaceLineEndings("\n");
        var from = 0;
        foreach (Match mark in Marks().Matches(marked))
        {
            source.Append(marked, from, mark.Index - from);
            from = mark.Index + mark.Length;
            if (mark.Value[0] == '|')
            {
                var (start, opened) = open.Pop();
                squiggles.Add(new Squiggle(TextSpan.FromBounds(start, source.Length), opened));
            }
            else
            {
                open.Push((source.Length, mark.Groups["id"] is { Success: true } named ? named.Value : id));
            }
        }

        Assert.True(open.Count == 0, "A mark is not closed.");
        return (source.Append(marked, from, marked.Length - from).ToString(), squiggles);
    }

    /// <summary>Marks the squiggles in the source, each with its id, so that two sets can be compared as texts.</summary>
    public static string Render(string source, IEnumerable<Squiggle> squiggles)
    {
        var marks = squiggles.SelectMany(squiggle => new[]
        {
            // At one place what ends comes before what begins, and a longer squiggle encloses a shorter one.
            (At: squiggle.Span.End, Order: (1, squiggle.Span.Length, squiggle.Id), Text: "|}"),
            (At: squiggle.Span.Start, Order: (squiggle.Span.IsEmpty ? 0 : 2, -squiggle.Span.Length, squiggle.Id), Text: $"{{|{squiggle.Id}:"),
        });
        return marks.OrderByDescending(mark => mark.At).ThenByDescending(mark => mark.Order)
            .Aggregate(source, (text, mark) => text.Insert(mark.At, mark.Text));
    }

    // An analyzer can squiggle a type's brackets or a pattern; only marks have a bar right inside.
    [GeneratedRegex(@"\[\||\|\]|\|\}|\{\|(?<id>[A-Z]+[0-9]+):", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Marks();
}

/// <summary>A place in the source, and the id of what is reported there.</summary>
internal readonly record struct Squiggle(TextSpan Span, string Id)
{
    public static Squiggle Of(Diagnostic diagnostic) => new(diagnostic.Location.SourceSpan, diagnostic.Id);
}
