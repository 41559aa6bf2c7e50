namespace Typed.Time;

/// <summary>
/// The ids of the IANA time zone database, release 2025b, with its backward links. They are shipped because the compiler checks declarations on machines
/// that may have no zone data.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
internal static partial class ZoneIds
{
    /// <summary>All ids, in ordinal order.</summary>
    internal static IReadOnlyList<string> All { get; } = List.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static readonly HashSet<string> s_ids = new(All, StringComparer.Ordinal);

    /// <summary>Whether <paramref name="id"/> is a zone id, in its exact case.</summary>
    /// <param name="id">For instance <c>Europe/Paris</c>.</param>
    /// <returns>Whether the database has it.</returns>
    public static bool Contains(string id) => s_ids.Contains(id);
}
