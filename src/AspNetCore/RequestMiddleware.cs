using Microsoft.AspNetCore.Http;

namespace Typed.AspNetCore;

/// <summary>Records what the rest of the pipeline answers.</summary>
internal sealed class RequestMiddleware(RequestDelegate next, RequestRecorder recorder)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (recorder.Begin(context) is not { } started)
        {
            return next(context);
        }

        Task answered;
        try
        {
            answered = next(context);
        }
        catch (Exception error)
        {
            recorder.End(context, started, error);
            throw;
        }

        // Most short requests are answered by now, and then nothing is allocated to wait for them.
        if (answered.IsCompletedSuccessfully)
        {
            recorder.End(context, started, error: null);
            return answered;
        }

        return EndAsync(answered, context, started);
    }

    private async Task EndAsync(Task answered, HttpContext context, long started)
    {
        try
        {
            await answered.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            recorder.End(context, started, error);
            throw;
        }

        recorder.End(context, started, error: null);
    }
}
