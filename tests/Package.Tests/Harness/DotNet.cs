using System.Diagnostics;

namespace Typed.Package.Tests.Harness;

/// <summary>Starts programs of the SDK and what it built, in processes of their own.</summary>
internal static class DotNet
{
#if DEBUG
    public const string Configuration = "Debug";
#else
    public const string Configuration = "Release";
#endif

    /// <summary>Runs a program to its end, and gives what it printed.</summary>
    public static Task<(int Exit, string Output)> RunAsync(string folder, string[] arguments, params (string Name, string Value)[] environment) =>
        RunAsync(Describe(folder, arguments, environment));

    /// <summary>Runs a program that needs no runtime.</summary>
    public static Task<(int Exit, string Output)> RunProgramAsync(string program, string folder, string[] arguments)
    {
        var start = Describe(folder, arguments);
        start.FileName = program;
        return RunAsync(start);
    }

    private static async Task<(int Exit, string Output)> RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>How a program is started: apart from the settings that the build which runs these tests lends to its children.</summary>
    public static ProcessStartInfo Describe(string folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsOfBuild).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    // CI=true would make the consumers' builds those of a build server.
    private static bool IsOfBuild(string name) => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name is "CI";
}
