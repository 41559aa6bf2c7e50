using Typed.Cli.Output;
using Typed.Writing.Spool;

namespace Typed.Cli.Spools;

/// <summary>The folder of a spool.</summary>
internal static class SpoolFolder
{
    /// <summary>What a spool holds.</summary>
    /// <exception cref="CliException">There is none, or a later version wrote it.</exception>
    public static SpoolSurvey Survey(string folder)
    {
        Find(folder);
        return Explain(() => new SpoolSurvey(Path.GetFullPath(folder)));
    }

    public static bool IsDamaged(SpoolSurvey survey) => survey.Missing.Count > 0 || survey.Damages.Any(damage => !damage.IsTorn);

    public static bool HasIdentity(string folder)
    {
        try
        {
            return SpoolIdentity.Read(folder) is not null;
        }
        catch (SpoolException)
        {
            return false;
        }
    }

    /// <summary>The database that a spool belongs to; null: none yet.</summary>
    /// <exception cref="CliException">The spool's own text is damaged.</exception>
    public static string? OwnerOf(string folder) => Explain(() => SpoolIdentity.Read(folder))?.Database;

    /// <summary>Lets a spool belong to the next database.</summary>
    /// <exception cref="CliException">A store uses it.</exception>
    public static void Release(string folder) => Explain(() =>
    {
        using var held = SpoolLock.Take(folder);
        (SpoolIdentity.Read(folder)! with { Database = null }).Write(folder, SpoolDisk.System);
        return true;
    });

    /// <exception cref="CliException">A store uses it, or a later version wrote it.</exception>
    public static SpoolRepaired Repair(string folder, bool keepsUncertain) =>
        Explain(() => SpoolRepair.Run(new() { Folder = Path.GetFullPath(folder) }, keepsUncertain));

    /// <summary>The series or stream of a layout.</summary>
    public static string NameOf(string layout) => WordOf(layout, "stream") ?? WordOf(layout, "series") ?? layout;

    /// <summary>The namespace of a stream's layout.</summary>
    public static string? NamespaceOf(string layout) => WordOf(layout, "namespace");

    /// <summary>Does what may say that the spool cannot be used.</summary>
    /// <exception cref="CliException">It cannot.</exception>
    public static T Explain<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SpoolException error)
        {
            throw new CliException(ExitCodes.Failed, error.Message, wayOut: null, error);
        }
    }

    private static void Find(string folder)
    {
        if (!Directory.Exists(folder) || (SegmentScan.Files(folder).Count == 0 && !File.Exists(Path.Combine(folder, SpoolFormat.IdentityFile))))
        {
            throw new CliException(ExitCodes.NotFound, $"There is no spool in '{folder}'.", "Give the folder that the store's Spool option names.");
        }
    }

    private static string? WordOf(string layout, string word) =>
        Array.Find(layout.Split('\n'), line => line.StartsWith(word + ": ", StringComparison.Ordinal))?[(word.Length + 2)..];
}
