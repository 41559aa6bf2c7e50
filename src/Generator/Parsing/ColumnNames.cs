using Typed.Generator.Analysis;
using Typed.Generator.Model;
using Typed.Schema;

namespace Typed.Generator.Parsing;

/// <summary>Gives the members of a declared type their columns. A table has each name once, whatever its case.</summary>
internal sealed class ColumnNames
{
    /// <summary>Its system columns (https://www.postgresql.org/docs/current/ddl-system-columns.html).</summary>
    private static readonly string[] s_ofPostgres = ["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"];

    private readonly DeclaredSymbol _declared;
    private readonly ISet<string> _ofKey;
    private readonly ISet<string> _ofRow;
    private readonly Dictionary<string, string> _owners = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Starts with the columns that tables of that kind have anyway.</summary>
    public ColumnNames(DeclaredSymbol declared, SeriesKind? kind, bool fine)
    {
        _declared = declared;
        _ofKey = EmittedNames.OfKey(declared.Type);
        _ofRow = EmittedNames.OfRow(declared.Type);
        foreach (var column in s_ofPostgres)
        {
            _owners[column] = "every table in PostgreSQL";
        }

        if (kind == SeriesKind.Series)
        {
            Own("Time", "the time of a point");
            Own("Sequence", "the write order of points");
            return;
        }

        Own("Bucket", "the start of a bucket");
        if (fine)
        {
            Own("Slot", "the start of a slot");
        }

        switch (kind)
        {
            case SeriesKind.Histogram:
                Own("Count", "the count of a value");
                break;
            case SeriesKind.Gauge:
                Own("Time", "the time of a value");
                break;
        }
    }

    /// <summary>The total of a Count without a value member.</summary>
    public void AddTotal() => Own("Value", "the total");

    public bool AddKey(ParsedMember member) => Add(member, "key", _ofKey);

    public bool AddValue(ParsedMember member) => Add(member, "value", _ofRow);

    private bool Add(ParsedMember member, string role, ISet<string> emitted)
    {
        var name = member.Model.Name;
        var obstacle = emitted.Contains(name) && !IsReported(member) ? $"the emitted types have a member '{name}' already"
            : _owners.TryGetValue(Column(name), out var owner) ? $"its column '{Column(name)}' is that of {owner}"
            : Of(name).FirstOrDefault(_names.Contains) is { } accessor ? $"the emitted types have a member '{accessor}' already"
            : null;
        if (obstacle is not null)
        {
            _declared.Report(SeriesRules.ColumnName, _declared.PlaceOf(member.Symbol), name, role, obstacle);
            return false;
        }

        Own(name, $"the {role} '{name}'");
        return true;
    }

    /// <summary>The type's own member of that name stands where the nested type should; an inherited one is hidden by it.</summary>
    private bool IsReported(ParsedMember member) => _declared.IsOwn(member.Symbol) && member.Model.Name is EmittedNames.Key or EmittedNames.Row;

    private void Own(string member, string owner)
    {
        _owners[Column(member)] = owner;
        _names.UnionWith(Of(member));
    }

    /// <summary>The names that a property takes: <c>get_X</c> is one beside <c>X</c>.</summary>
    private static IEnumerable<string> Of(string property) => [property, "get_" + property, "set_" + property];

    private static string Column(string member) => Names.Shorten(Names.SnakeCase(member));
}
