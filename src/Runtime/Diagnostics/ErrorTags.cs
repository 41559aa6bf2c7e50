using System.Data.Common;
using System.Diagnostics;

namespace Typed.Diagnostics;

/// <summary>What metrics and activities say of an error.</summary>
internal static class ErrorTags
{
    /// <summary>The SQLSTATE where the database gave one, else the type of its exception, or of the error itself: one of few, never a message.</summary>
    public static string TypeOf(Exception error) => StatusOf(error) ?? (DatabaseErrors(error).FirstOrDefault() ?? error).GetType().FullName!;

    public static KeyValuePair<string, object?> Of(Exception error) => new("error.type", TypeOf(error));

    /// <summary>Marks an activity as failed.</summary>
    public static void Set(Activity activity, Exception error)
    {
        activity.SetTag("error.type", TypeOf(error));
        if (StatusOf(error) is { } status)
        {
            activity.SetTag("db.response.status_code", status);
        }

        activity.SetStatus(ActivityStatusCode.Error, error.Message);
    }

    private static string? StatusOf(Exception error) => DatabaseErrors(error).Select(inner => inner.SqlState).FirstOrDefault(state => state is not null);

    private static IEnumerable<DbException> DatabaseErrors(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is DbException inner)
            {
                yield return inner;
            }
        }
    }
}
