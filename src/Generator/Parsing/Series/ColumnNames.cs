using Typed.Generator.Rules;
using Typed.Schema;

namespace Typed.Generator.Parsing.Series;

/// <summary>Gives the members of a declared type their columns. A table has each name once, whatever its case.</summary>
internal sealed class ColumnNames
{
    /// <summary>The columns of every table (https://www.postgresql.org/docs/current/ddl-system-columns.html).</summary>
    private static readonly string[] s_systemColumns = ["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"];

    private readonly DeclaredSymbol _declared;
    private readonly ISet<string> _takenInKey;
    private readonly ISet<string> _takenInRow;
    private readonly Dictionary<string, string> _owners = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Takes the columns that tables of that type have anyway.</summary>
    public ColumnNames(DeclaredSymbol declared, SeriesType? type, bool fine)
    {
        _declared = declared;
        _takenInKey = EmittedNames.TakenInKey(declared.Type);
        _takenInRow = EmittedNames.TakenInRow(declared.Type);
        foreach (var column in s_systemColumns)
        {
            _owners[column] = "every table in PostgreSQL";
        }

        // Where the type is not known, the columns are those that all rolled-up types have.
        foreach (var column in SeriesColumns.After(type ?? SeriesType.Count, fine).Where(column => column.Role != SeriesColumnRole.Value))
        {
            Own(column.Name, column.Meaning);
        }
    }

    /// <summary>Takes the column of the total, of a Count without a value member.</summary>
    public void AddTotal() => Own(SeriesColumns.Value, "the total");

    public bool AddKey(ParsedMember member) => Add(member, "key", _takenInKey);

    public bool AddValue(ParsedMember member) => Add(member, "value", _takenInRow);

    private bool Add(ParsedMember member, string role, ISet<string> emitted)
    {
        var name = member.Model.Name;
        var obstacle = emitted.Contains(name) && !IsReported(member) ? $"the emitted types have a member '{name}' already"
            : _owners.TryGetValue(Column(name), out var owner) ? $"its column '{Column(name)}' is that of {owner}"
            : Accessors(name).FirstOrDefault(_names.Contains) is { } accessor ? $"the emitted types have a member '{accessor}' already"
            : null;
        if (obstacle is not null)
        {
            _declared.Report(SeriesRules.ColumnName, _declared.PlaceOf(member.Symbol), name, role, obstacle);
            return false;
        }

        Own(name, $"the {role} '{name}'");
        return true;
    }

    /// <summary>Whether another check reports the member: one of the type's own stands where an emitted type should; an inherited one is hidden.</summary>
    private bool IsReported(ParsedMember member) => _declared.IsOwn(member.Symbol) && member.Model.Name is EmittedNames.Key or EmittedNames.Row;

    private void Own(string member, string owner)
    {
        _owners[Column(member)] = owner;
        _names.UnionWith(Accessors(member));
    }

    /// <summary>The names that a property takes: <c>get_X</c> is one beside <c>X</c>.</summary>
    private static IEnumerable<string> Accessors(string property) => [property, "get_" + property, "set_" + property];

    private static string Column(string member) => Names.Shorten(Names.SnakeCase(member));
}
