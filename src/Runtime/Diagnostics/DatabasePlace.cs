namespace Typed.Diagnostics;

/// <summary>Where a database is, in the words of OpenTelemetry's conventions.</summary>
/// <param name="System">The kind of database: <c>db.system.name</c>.</param>
/// <param name="Namespace">Its name, or its file: <c>db.namespace</c>.</param>
/// <param name="Server">The host: <c>server.address</c>; null where the database is in the process.</param>
/// <param name="Port">The port, where it is not the usual one: <c>server.port</c>.</param>
internal sealed record DatabasePlace(string System, string Namespace, string? Server = null, int? Port = null)
{
    /// <summary>The tags that everything about the database carries.</summary>
    public KeyValuePair<string, object?>[] Tags()
    {
        List<KeyValuePair<string, object?>> tags = [new("db.system.name", System), new("db.namespace", Namespace)];
        if (Server is not null)
        {
            tags.Add(new("server.address", Server));
        }

        if (Port is not null)
        {
            tags.Add(new("server.port", Port));
        }

        return [.. tags];
    }
}
