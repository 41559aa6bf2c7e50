using System.Diagnostics;
using System.Globalization;

namespace Typed.Package.Tests.Harness;

/// <summary>A web application, in a process of its own.</summary>
internal sealed class WebApplication : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;
    private readonly Task _listening;

    private WebApplication(Process process, string address)
    {
        (_process, _http) = (process, new() { BaseAddress = new Uri(address) });

        // What it says of each request must not fill the pipe.
        _listening = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
    }

    /// <summary>Starts a consumer.</summary>
    public static Task<WebApplication> StartAsync(Workshop workshop, string project = "Web") =>
        StartAsync(workshop.Folder(project), [workshop.Built(project, $"{project}.dll")]);

    /// <summary>Starts a program.</summary>
    public static async Task<WebApplication> StartAsync(string folder, string[] arguments)
    {
        var process = Process.Start(DotNet.Describe(folder, arguments, ("ASPNETCORE_URLS", "http://127.0.0.1:0")))!;
        const string Listening = "Now listening on: ";
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Split(Listening) is [_, var address])
            {
                return new(process, address.Trim());
            }
        }

        throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    public Task<string> GetAsync(string path) => _http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    /// <summary>Asks over and over until the application is gone.</summary>
    /// <param name="path">What is asked for.</param>
    /// <param name="clients">How many ask at the same time.</param>
    /// <param name="stopAfter">The number of answers after which <c>Reached</c> ends.</param>
    /// <param name="method">How it is asked for; GET where it is not said.</param>
    public (Task Reached, Task<int> Answered) LoadAsync(string path, int clients, int stopAfter, HttpMethod? method = null)
    {
        var answered = 0;
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (reached.Task, AllAsync());

        async Task<int> AllAsync()
        {
            await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => AskAsync()));
            reached.TrySetException(new InvalidOperationException("The application was gone before it was told to go."));
            return answered;
        }

        async Task AskAsync()
        {
            try
            {
                while (true)
                {
                    using var question = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(path, UriKind.Relative));
                    using var answer = await _http.SendAsync(question, TestContext.Current.CancellationToken);
                    answer.EnsureSuccessStatusCode();
                    if (Interlocked.Increment(ref answered) == stopAfter)
                    {
                        reached.SetResult();
                    }
                }
            }
            catch (HttpRequestException)
            {
                // It does not answer any more.
            }
        }
    }

    /// <summary>Ends it as a service manager does, and waits until it is gone.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _listening;
        Assert.True(_process.ExitCode == 0, await _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        return ValueTask.CompletedTask;
    }
}
