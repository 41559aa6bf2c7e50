using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Typed.Storage.Provisioning;

namespace Typed.Linq;

/// <summary>Before a query over a declared type first runs in a database, checks that the data is laid out as the declaration says.</summary>
internal sealed class LayoutInterceptor : DbCommandInterceptor
{
    public static readonly LayoutInterceptor Instance = new();

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Check(eventData);
        return result;
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await OwnLayout.CheckWaitingAsync(eventData.Context, cancellationToken).ConfigureAwait(false);
        return result;
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Check(eventData);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await OwnLayout.CheckWaitingAsync(eventData.Context, cancellationToken).ConfigureAwait(false);
        return result;
    }

    // A query without async runs on a caller's thread, which waits for its answer too. It is once for each database.
    private static void Check(CommandEventData executing)
    {
        var check = OwnLayout.CheckWaitingAsync(executing.Context, CancellationToken.None);
        if (!check.IsCompletedSuccessfully)
        {
            check.AsTask().GetAwaiter().GetResult();
        }
    }
}
