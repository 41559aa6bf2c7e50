using System.Diagnostics;
using System.Globalization;
using Typed.Tests.Harness.Databases;

namespace Typed.Cli.Tests.Harness;

/// <summary>The program as a process of its own, which can be killed.</summary>
public sealed class CliProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;

    public CliProcess(EmptyDatabase database, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false,
        };
        foreach (var arg in (string[])[Path.Combine(AppContext.BaseDirectory, "Typed.Cli.dll"), .. args, "--connection", database.ConnectionString])
        {
            start.ArgumentList.Add(arg);
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Waits until something is seen from outside.</summary>
    public async Task UntilAsync(Func<Task<bool>> seen)
    {
        while (!await seen())
        {
            Assert.False(_process.HasExited, $"It ended before it could be stopped: {(_process.HasExited ? await _error : "")}");
            await Task.Delay(5);
        }
    }

    /// <summary>Ends it at once, as a power cut does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        Assert.NotEqual(0, _process.ExitCode);
    }

    /// <summary>Ctrl-C.</summary>
    public async Task<(int ExitCode, string Error)> InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
