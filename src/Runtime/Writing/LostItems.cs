using Typed.Diagnostics;

namespace Typed.Writing;

/// <summary>What was accepted and will not be written: handed to the application, or kept for whoever disposes the store.</summary>
internal sealed class LostItems(StoreTelemetry telemetry, WriteOptions options)
{
    private readonly List<UnwrittenItem> _unwritten = [];
    private Exception? _fault;

    /// <summary>Hands items that the database refused to the application. Gives what its handler threw, at the first of them that it could not take.</summary>
    public Exception? Reject(PendingWrite write, Exception error)
    {
        Exception? thrown = null;
        for (var i = 0; i < write.Count; i++)
        {
            try
            {
                var item = write.ItemAt(i, error, mayBeWritten: false);
                telemetry.Log.Rejected(item.Type, item.Identity, error, isTaken: options.OnRejected is not null);
                options.OnRejected?.Invoke(item);
            }
            catch (Exception failure)
            {
                telemetry.Log.HandlerFailed(write.Lane.Type, failure);
                thrown ??= failure;
            }
        }

        return thrown;
    }

    /// <summary>Keeps posted items for which there was no time.</summary>
    public void Keep(PendingWrite write, Exception error, bool mayBeWritten)
    {
        lock (_unwritten)
        {
            for (var i = 0; i < write.Count; i++)
            {
                try
                {
                    _unwritten.Add(write.ItemAt(i, error, mayBeWritten));
                }
                catch (Exception failure)
                {
                    // A body that its class does not take back.
                    Fault(failure);
                }
            }
        }
    }

    /// <summary>Keeps what the store's handler threw for whoever flushes or disposes the store next.</summary>
    public void Fault(Exception error) => Interlocked.CompareExchange(ref _fault, error, null);

    /// <summary>Reports what the store's handler threw, once.</summary>
    /// <exception cref="AggregateException">It threw, and nobody has heard of it.</exception>
    public void ThrowFault()
    {
        if (Interlocked.Exchange(ref _fault, null) is { } fault)
        {
            throw new AggregateException(
                "OnRejected threw, or the store's own work on items did: see the inner exception. These items were not written, or it is not known.", fault);
        }
    }

    /// <summary>Reports what is left.</summary>
    /// <exception cref="UnwrittenItemsException">Items are left.</exception>
    public void ThrowUnwritten(string address)
    {
        if (_unwritten.Count > 0)
        {
            try
            {
                telemetry.Log.Unwritten(_unwritten.Count, _unwritten[0].Error.Message);
            }
            catch (Exception failure)
            {
                // A log that does not take it must not keep the items from the caller.
                Fault(failure);
            }

            throw new UnwrittenItemsException(address, options.ShutdownTimeout, _unwritten);
        }
    }
}
