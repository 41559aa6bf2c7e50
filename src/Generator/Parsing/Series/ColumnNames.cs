using Typed.Generator.Model;
using Typed.Generator.Model.Series;
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
    public ColumnNames(DeclaredSymbol declared, SeriesType type, bool fine, bool isNamespaced)
    {
        _declared = declared;
        _takenInKey = EmittedNames.TakenInKey(declared.Type);
        _takenInRow = EmittedNames.TakenInRow(declared.Type);
        foreach (var column in s_systemColumns)
        {
            _owners[column] = "every table in PostgreSQL";
        }

        if (isNamespaced)
        {
            Own(SeriesColumns.Namespace, "the namespace");
        }

        foreach (var column in SeriesColumns.After(type, fine).Where(column => column.Role != SeriesColumnRole.Value))
        {
            Own(column.Name, column.Meaning);
        }
    }

    /// <summary>Takes the column of the total, of a Count without a value member.</summary>
    public void AddTotal() => Own(SeriesColumns.Value, "the total");

    public bool AddKey(ParsedMember member) => Add(member, "key", _takenInKey);

    public bool AddValue(ParsedMember member) => Add(member, "value", _takenInRow);

    /// <summary>What stands for a value that is not there or cannot be read, so that the API is there all the same.</summary>
    /// <param name="type">Its type, if there is one.</param>
    public MemberModel AddMissingValue(StoredType? type)
    {
        var name = CSharp.Free("Value", name => _owners.ContainsKey(Column(name)) || Accessors(name).Any(_names.Contains));
        return new(name, type ?? StoredType.Double, IsRead: false);
    }

    private bool Add(ParsedMember member, string role, ISet<string> emitted)
    {
        var name = member.Model.Name;
        var obstacle = emitted.Contains(name) ? $"the emitted types have a member '{name}' already"
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

    private void Own(string member, string owner)
    {
        _owners[Column(member)] = owner;
        _names.UnionWith(Accessors(member));
    }

    /// <summary>The names that a property takes: <c>get_X</c> is one beside <c>X</c>.</summary>
    private static IEnumerable<string> Accessors(string property) => [property, "get_" + property, "set_" + property];

    private static string Column(string member) => Names.Shorten(Names.SnakeCase(member));
}
