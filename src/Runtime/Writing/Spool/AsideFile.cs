using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Typed.Writing.Spool;

/// <summary>Items that cannot be written, on their way into a text beside the spool: a line of JSON each, with the reason.</summary>
internal sealed class AsideFile(string folder, SpoolDisk disk) : IDisposable
{
    private readonly MemoryStream _lines = new();

    public int Count { get; private set; }

    /// <summary>Takes an item.</summary>
    public void Add(string layout, ReadOnlySpan<byte> record, string reason)
    {
        using (var json = new Utf8JsonWriter(_lines))
        {
            json.WriteStartObject();
            json.WriteString("reason", reason);
            json.WriteString("layout", layout);
            json.WriteString("columns", Text(record));
            json.WriteBase64String("record", record);
            json.WriteEndObject();
        }

        _lines.WriteByte((byte)'\n');
        Count++;
    }

    /// <summary>Appends them to the file of the day, on disk when it ends.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="IOException">There is no room.</exception>
    public string Write()
    {
        var place = Path.Combine(folder, SpoolFormat.AsideFolder);
        Directory.CreateDirectory(place);
        var path = Path.Combine(place, DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + ".ndjson");
        using (var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite))
        {
            RandomAccess.Write(file, _lines.GetBuffer().AsSpan(0, (int)_lines.Length), RandomAccess.GetLength(file));
            disk.Sync(file);
        }

        disk.SyncFolder(place);
        _lines.SetLength(0);
        Count = 0;
        return path;
    }

    public void Dispose() => _lines.Dispose();

    /// <summary>The columns of an item for people.</summary>
    public static string Text(ReadOnlySpan<byte> record)
    {
        var reader = new RecordReader();
        var text = new StringBuilder();
        try
        {
            reader.Read(record);
            for (var i = 0; i < reader.Count; i++)
            {
                text.Append(i > 0 ? " | " : "").Append(reader.ToText(i));
            }
        }
        catch (InvalidDataException error)
        {
            text.Append('(').Append(error.Message).Append(')');
        }

        return text.ToString();
    }
}
