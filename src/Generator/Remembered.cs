using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Typed.Generator;

/// <summary>What was read from declarations, as long as nothing changed that it was read from. A declaration that is gone takes its result along.</summary>
/// <param name="mayKeep">Whether a result may serve again: one with places in other files may not, since those move with every edit.</param>
internal sealed class Remembered<T>(Func<T, bool> mayKeep)
{
    private readonly ConditionalWeakTable<SyntaxNode, StrongBox<Entry?>> _entries = new();

    /// <summary>The result for the declaration.</summary>
    /// <param name="node">The declaration.</param>
    /// <param name="surface">The surface of the project.</param>
    /// <param name="beside">What else the result is read from.</param>
    /// <param name="read">Reads it.</param>
    public T Get(SyntaxNode node, Surface surface, object? beside, Func<T> read)
    {
        var place = _entries.GetValue(node, static _ => new(null));
        if (place.Value is { } known && ReferenceEquals(known.Surface, surface) && ReferenceEquals(known.Beside, beside))
        {
            return known.Result;
        }

        var result = read();
        place.Value = mayKeep(result) ? new Entry(surface, beside, result) : null;
        return result;
    }

    private sealed record Entry(Surface Surface, object? Beside, T Result);
}
