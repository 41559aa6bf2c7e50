using System.Globalization;
using System.Text;

namespace Typed.Writing.Spool;

/// <summary>What a spool says about itself, in a text of its own that is replaced as a whole.</summary>
internal sealed record SpoolIdentity
{
    private const string First = "typed spool";

    public required Guid Id { get; init; }

    /// <summary>How often it was opened.</summary>
    public long Opened { get; init; }

    /// <summary>The address of the database that it belongs to, for people; null: it was never sent to one.</summary>
    public string? Database { get; init; }

    /// <summary>The writers whose lines in the database have to stay.</summary>
    public IReadOnlyList<Guid> Writers { get; init; } = [];

    /// <summary>Reads the identity of a folder; null: it has none.</summary>
    /// <exception cref="SpoolException">It is damaged, or of a later version.</exception>
    public static SpoolIdentity? Read(string folder)
    {
        var path = Path.Combine(folder, SpoolFormat.IdentityFile);
        if (!File.Exists(path))
        {
            return null;
        }

        var words = File.ReadAllLines(path).Select(line => line.Split(": ", 2)).Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
        if (!words.TryGetValue(First, out var version))
        {
            throw Damaged(path);
        }

        if (version != Text(SpoolFormat.Version))
        {
            throw new SpoolException($"{path} is of version {version} of the spool, and this program knows version {Text(SpoolFormat.Version)}: update it.");
        }

        var isWhole = Guid.TryParse(words.GetValueOrDefault("id"), out var id)
            & long.TryParse(words.GetValueOrDefault("opened"), NumberStyles.None, CultureInfo.InvariantCulture, out var opened);
        var writers = words.TryGetValue("writers", out var named) ? named.Split(' ') : [];
        return isWhole && Array.TrueForAll(writers, writer => Guid.TryParse(writer, out _))
            ? new()
            {
                Id = id, Opened = opened, Database = words.GetValueOrDefault("database"),
                Writers = Array.ConvertAll(writers, writer => Guid.Parse(writer, CultureInfo.InvariantCulture)),
            }
            : throw Damaged(path);
    }

    /// <summary>Replaces the identity of a folder, on disk when it ends.</summary>
    /// <exception cref="IOException">There is no room, or the disk failed.</exception>
    public void Write(string folder, SpoolDisk disk)
    {
        var text = new StringBuilder().Append(First).Append(": ").Append(Text(SpoolFormat.Version)).Append('\n')
            .Append("id: ").Append(Id).Append('\n')
            .Append("opened: ").Append(Text(Opened)).Append('\n');
        if (Database is not null)
        {
            text.Append("database: ").Append(Database.ReplaceLineEndings(" ")).Append('\n');
        }

        if (Writers.Count > 0)
        {
            text.Append("writers: ").AppendJoin(' ', Writers).Append('\n');
        }

        var path = Path.Combine(folder, SpoolFormat.IdentityFile);
        using (var file = File.OpenHandle(path + ".new", FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, Encoding.UTF8.GetBytes(text.ToString()), 0);
            disk.Sync(file);
        }

        File.Move(path + ".new", path, overwrite: true);
        disk.SyncFolder(folder);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static SpoolException Damaged(string path) => new(
        $"{path} is damaged: it should say the spool's id. 'typed spool repair' makes another one from the segments.");
}
