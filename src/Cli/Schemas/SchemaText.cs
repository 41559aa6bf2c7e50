using Typed.Cli.Output;
using Typed.Schema.Shapes;

namespace Typed.Cli.Schemas;

/// <summary>The schema file on disk.</summary>
internal static class SchemaText
{
    /// <summary>Reads a schema file.</summary>
    /// <exception cref="CliException">There is none, or it is broken.</exception>
    public static SchemaFile Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new CliException(ExitCodes.NotFound, $"There is no {path}.", "Write it with 'typed schema pull', or name another file.");
        }

        var reading = SchemaFileReader.Read(File.ReadAllText(path));
        return reading.Problems.Count == 0 ? reading.File : throw new CliException(ExitCodes.BadInput, $"{path}({Place(reading)}");

        static string Place(SchemaFileReading reading)
        {
            var first = reading.Problems[0].ToString();
            var more = reading.Problems.Count > 1 ? $" And {reading.Problems.Count - 1} more." : "";
            return first[(first.IndexOf('(', StringComparison.Ordinal) + 1)..] + more;
        }
    }

    /// <summary>The entries of a file that may be broken, as far as they can be read; empty where there is no file.</summary>
    public static SchemaFile ReadWhatIsThere(string path) => File.Exists(path) ? SchemaFileReader.Read(File.ReadAllText(path)).File : SchemaFile.Empty;

    /// <summary>Writes a file under another name, and renames it. False where it said the same already.</summary>
    public static bool Write(string path, SchemaFile file)
    {
        var text = SchemaFileWriter.Write(file);
        if (File.Exists(path) && File.ReadAllText(path) == text)
        {
            return false;
        }

        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
        return true;
    }
}
