using Typed.Schema;

namespace Typed.Storage.Provisioning;

/// <summary>What is to be recorded in a store's catalog.</summary>
internal sealed class CatalogChanges
{
    private readonly List<(string Table, string Layout)> _added = [];
    private readonly List<(string Table, string Layout)> _changed = [];

    /// <summary>Tables that it does not know, with their layouts.</summary>
    public IReadOnlyList<(string Table, string Layout)> Added => _added;

    /// <summary>Tables whose entries are out of date, with their layouts.</summary>
    public IReadOnlyList<(string Table, string Layout)> Changed => _changed;

    public bool Any => _added.Count + _changed.Count > 0;

    /// <summary>Whether what changed are notes: they bind nothing, are no reason to lock anything, and need not be written now.</summary>
    public bool AreNotes { get; private set; } = true;

    public void Add(string table, string layout)
    {
        _added.Add((table, layout));
        AreNotes = false;
    }

    public void Change(string table, string was, string layout)
    {
        if (!string.Equals(was, layout, StringComparison.Ordinal))
        {
            _changed.Add((table, layout));
            AreNotes &= CatalogNotes.AreEqualBut(was, layout);
        }
    }
}
