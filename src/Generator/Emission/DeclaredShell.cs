using Typed.Generator.Model;

namespace Typed.Generator.Emission;

/// <summary>The partial declarations around what is emitted for a declared type: namespace, containers, the type itself.</summary>
internal static class DeclaredShell
{
    public static void Write(SourceWriter writer, DeclaredType type, string bases, Action<SourceWriter> body)
    {
        if (type.Namespace.Length > 0)
        {
            writer.Open("namespace " + type.Namespace);
        }

        for (var i = 0; i < type.Headers.Count; i++)
        {
            writer.Open(type.Headers[i] + (i == type.Headers.Count - 1 ? " : " + bases : string.Empty));
        }

        body(writer);
        foreach (var _ in type.Headers)
        {
            writer.Close();
        }

        if (type.Namespace.Length > 0)
        {
            writer.Close();
        }
    }
}
