using System.Globalization;
using System.Text;
using System.Text.Json;
using Typed.Streams.Json;

namespace Typed.Generated;

/// <summary>
/// Tells by the discriminator which of several classes an object is. It may stand anywhere in the object, since a database may order members. As in
/// System.Text.Json no other member may begin with $ there.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BodyUnion
{
    /// <summary>There is no discriminator.</summary>
    public const int None = -1;

    private readonly string _name;
    private readonly byte[] _utf8;
    private readonly bool _ignoresUnknown;
    private readonly object?[] _cases;

    /// <summary>A union.</summary>
    /// <param name="name">The discriminator's name.</param>
    /// <param name="ignoresUnknown">Whether an unknown one is as none.</param>
    /// <param name="cases">The discriminator of each class: a text or an integer; null: none.</param>
    public BodyUnion(string name, bool ignoresUnknown, params object?[] cases)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(cases);
        (_name, _utf8, _ignoresUnknown, _cases) = (name, Encoding.UTF8.GetBytes(name), ignoresUnknown, cases);
    }

    /// <summary>The number of the class; the reader stands on the object and stays there, but for an error.</summary>
    public int Find(ref Utf8JsonReader reader)
    {
        var ahead = reader;
        try
        {
            return Search(ref ahead);
        }
        catch (BodyReadException)
        {
            reader = ahead;
            throw;
        }
    }

    private int Search(ref Utf8JsonReader reader)
    {
        BodyReader.StartObject(ref reader);
        var found = None;
        var isThere = false;
        while (BodyReader.NextMember(ref reader))
        {
            var isDiscriminator = IsDiscriminator(ref reader);
            reader.Read();
            if (!isDiscriminator)
            {
                reader.Skip();
                continue;
            }

            found = isThere ? throw BodyReader.Unexpected(ref reader, $"one {_name} only") : FindCase(ref reader);
            isThere = true;
        }

        return found;
    }

    /// <summary>The error of an object without a discriminator that has to have one.</summary>
    public Exception Missing(ref Utf8JsonReader reader) => BodyReader.Unexpected(ref reader, $"an object with {_name} ({Known})");

    private string Known =>
        string.Join(", ", _cases.OfType<object>().Select(one => one is string text ? $"\"{text}\"" : Convert.ToString(one, CultureInfo.InvariantCulture)));

    private bool IsDiscriminator(ref Utf8JsonReader reader)
    {
        var name = reader.ValueIsEscaped ? BodyReader.Unescape(ref reader) : reader.ValueSpan;
        return name.SequenceEqual(_utf8) || (name is [(byte)'$', ..] ? throw BodyReader.Unexpected(ref reader, $"no member with $ but {_name}") : false);
    }

    private int FindCase(ref Utf8JsonReader reader)
    {
        object? value = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number when reader.TryGetInt32(out var number) => number,
            _ => throw BodyReader.Unexpected(ref reader, Known),
        };
        var index = Array.FindIndex(_cases, one => one is not null && one.Equals(value));
        return index >= 0 || _ignoresUnknown ? index : throw BodyReader.Unexpected(ref reader, Known);
    }
}
