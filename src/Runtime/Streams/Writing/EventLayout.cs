using Typed.Schema.Shapes;

namespace Typed.Streams.Writing;

/// <summary>
/// How the events of a stream are laid out in a spool: what the catalog says of its table, the namespace, and whether their ids were given. Bodies are JSON as
/// they would stand in the table, so that a later version of the class reads them by the rules by which it reads stored events.
/// </summary>
internal static class EventLayout
{
    private const string Namespace = "namespace";
    private const string Given = "given";

    public static string Describe(StreamDefinition stream, string streamNamespace, bool takesGiven) =>
        string.Join('\n', Layout.Describe(DeclaredShapes.Of(stream)), $"{Namespace}: {streamNamespace}", $"{Given}: {takesGiven}");

    /// <summary>The stream of a layout, its namespace, and whether it is for given ids; null: it is none of a stream.</summary>
    public static (string Stream, string Namespace, bool TakesGiven)? Read(string layout)
    {
        if (Layout.ReadStream(layout) is not { } stream)
        {
            return null;
        }

        var lines = layout.Split('\n');
        return (stream.Name, Word(Namespace), Word(Given) == bool.TrueString);

        string Word(string name) => Array.Find(lines, line => line.StartsWith(name + ": ", StringComparison.Ordinal))?[(name.Length + 2)..] ?? "";
    }

    /// <summary>Why events of an earlier layout cannot be written; null: they can.</summary>
    public static string? Compare(string layout, StreamDefinition stream)
    {
        var (stored, declared) = (Layout.ReadStream(layout)!, DeclaredShapes.Of(stream));
        return string.Equals(stored.Naming, declared.Naming, StringComparison.Ordinal)
            ? null
            : $"the events were written with Naming {stored.Naming}, and {stream.BodyType.FullName} has {declared.Naming}: no member would be found again";
    }
}
