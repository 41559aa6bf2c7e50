using System.Text.Json;

namespace Typed.Cli.Transfer;

/// <summary>How far an export has come: beside the unfinished file, replaced after each piece that is whole.</summary>
/// <param name="Of">What is exported, so that another export does not go on with this one's file.</param>
/// <param name="Bytes">The length of the unfinished file up to its last whole piece.</param>
/// <param name="Events">The events in it.</param>
/// <param name="Namespace">The namespace of the last one.</param>
/// <param name="Id">Its id.</param>
internal sealed record ExportState(string Of, long Bytes, long Events, string Namespace, Guid Id)
{
    /// <summary>The state that an interrupted export of the same left; null where there is none.</summary>
    public static ExportState? Find(string file, string partial, string of)
    {
        if (!File.Exists(file) || !File.Exists(partial))
        {
            return null;
        }

        try
        {
            var state = JsonSerializer.Deserialize<ExportState>(File.ReadAllBytes(file));
            return state is not null && state.Of == of && new FileInfo(partial).Length >= state.Bytes ? state : null;
        }
        catch (JsonException)
        {
            // Somebody else's file: the export begins anew.
            return null;
        }
    }

    public void Save(string file)
    {
        var next = file + ".new";
        File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(this));
        File.Move(next, file, overwrite: true);
    }
}
