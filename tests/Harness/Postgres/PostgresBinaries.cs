using System.Globalization;

namespace Typed.Tests.Harness.Postgres;

/// <summary>Finds the folder that holds <c>initdb</c> and <c>pg_ctl</c>, and the way to run them as somebody who is not root.</summary>
internal static class PostgresBinaries
{
    private const string Debian = "/usr/lib/postgresql";

    /// <summary>The folder, or null when no server is installed.</summary>
    public static string? Folder { get; } = OnPath() ?? NewestInstalled();

    /// <summary>The command in front of the server's own: none for an ordinary user, null when root has no way to step down.</summary>
    public static IReadOnlyList<string>? StepDown { get; } = FindStepDown();

    /// <summary>What keeps a private cluster from starting here, or null.</summary>
    public static string? Missing { get; } =
        OperatingSystem.IsWindows() ? "a private PostgreSQL needs a POSIX shell"
        : Folder is null ? $"no PostgreSQL server on PATH nor in {Debian}"
        : StepDown is null ? "initdb refuses root, and there is no user postgres to become"
        : null;

    private static IEnumerable<string> PathFolders =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static bool HoldsServer(string folder) => Runs(Path.Combine(folder, "initdb")) && Runs(Path.Combine(folder, "pg_ctl"));

    /// <summary>Whether the program is there; a link that an uninstalled server has left behind also "exists".</summary>
    private static bool Runs(string program) =>
        File.Exists(program) && (File.ResolveLinkTarget(program, returnFinalTarget: true) is not { } target || target.Exists);

    private static string? OnPath() => PathFolders.FirstOrDefault(HoldsServer);

    private static string? NewestInstalled() =>
        !Directory.Exists(Debian) ? null : Directory.GetDirectories(Debian)
            .OrderByDescending(version => double.TryParse(Path.GetFileName(version), CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Select(version => Path.Combine(version, "bin"))
            .FirstOrDefault(HoldsServer);

    private static string[]? FindStepDown()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return [];
        }

        if (!File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)))
        {
            return null;
        }

        string[][] ways =
        [
            ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "/bin/sh"],
            ["runuser", "-u", "postgres", "--", "/bin/sh"],
            ["su", "postgres", "-s", "/bin/sh"],
        ];
        return ways.FirstOrDefault(way => PathFolders.Any(folder => File.Exists(Path.Combine(folder, way[0]))));
    }
}
