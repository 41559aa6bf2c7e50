using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Typed.Generator.Model.Series;
using Typed.Generator.Rules;
using Typed.Schema;
using Typed.Time;

namespace Typed.Generator.Parsing.Series;

/// <summary>Gives intervals their members of the handle, bucket types and tables. Each of those names may be there once.</summary>
internal sealed class IntervalNames
{
    private readonly DeclaredSymbol _declared;
    private readonly string?[] _texts;
    private readonly bool _hasTables;
    private readonly string _table;
    private readonly ISet<string> _members;
    private readonly HashSet<string> _names;
    private readonly Dictionary<string, string> _tables = Names.Own.ToDictionary(table => table, _ => "Typed", StringComparer.OrdinalIgnoreCase);

    public IntervalNames(DeclaredSymbol declared, string?[] texts, SeriesMemberNames names, SeriesType kind, string table, bool keyed)
    {
        _declared = declared;
        _texts = texts;
        _table = table;
        _hasTables = kind != SeriesType.Series; // whose intervals are views on one table of points
        _members = EmittedNames.TakenInHandle(declared, names, keyed);
        _names = new(texts.Select(ReadName), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The interval with its member; null when the member, the bucket type or the table is there already.</summary>
    public IntervalModel? Accept(IntervalSpec spec)
    {
        var member = Member(spec.Name);
        var table = Names.Table(_table, spec.Name);
        if (_members.Contains(member) || _members.Contains(Bucket(member)))
        {
            Report(SeriesRules.IntervalName, spec.Name, _members.Contains(member) ? member : Bucket(member));
            return null;
        }

        if (_hasTables && _tables.TryGetValue(table, out var owner))
        {
            Report(SeriesRules.IntervalTable, spec.Name, table, owner);
            return null;
        }

        _tables[table] = $"the interval '{spec.Name}'";
        _members.Add(member);
        _members.Add(Bucket(member));
        return new(member, spec);
    }

    public void ReportDuplicate(IntervalError error) =>
        _declared.Problems.Report(SeriesRules.DuplicateInterval, Locate(error.Index, error.Start, error.Length), Rename(ReadName(_texts[error.Index])),
            error.Message);

    /// <summary>Characters of a text in the source; the whole argument where the texts are not written as a list.</summary>
    public Location? Locate(int index, int start, int length)
    {
        var elements = AttributeArguments.Elements(_declared.Attribute, "Intervals");
        return index < elements.Count
            ? LiteralSpans.Locate(elements[index], _texts[index] ?? "", start, length)
            : AttributeArguments.Location(_declared.Attribute, "Intervals");
    }

    private void Report(DiagnosticDescriptor rule, string name, params object[] arguments)
    {
        var index = Array.FindIndex(_texts, text => ReadName(text) == name);
        var place = Locate(index, _texts[index]!.IndexOf(name, StringComparison.Ordinal), name.Length);
        _declared.Problems.Report(rule, place, Rename(name), [name, .. arguments]);
    }

    /// <summary>A free name for the code fix: <c>minute</c> to <c>minute2</c>, <c>minute2</c> to <c>minute3</c>.</summary>
    private ImmutableDictionary<string, string?> Rename(string name)
    {
        var stem = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        var number = 2;
        while (!IsFree($"{stem}{number}"))
        {
            number++;
        }

        _names.Add($"{stem}{number}");
        return ImmutableDictionary<string, string?>.Empty.Add(SeriesRules.OldName, name).Add(SeriesRules.NewName, $"{stem}{number}");
    }

    private bool IsFree(string name) =>
        !_names.Contains(name) && !_members.Contains(Member(name)) && !_members.Contains(Bucket(Member(name)))
            && !_tables.ContainsKey(Names.Table(_table, name));

    private static string ReadName(string? text) => text?.Split(':')[0].Trim() ?? "";

    /// <summary>The member that an interval becomes. Only the first letter changes: <c>x1</c> and <c>x_1</c> are two names.</summary>
    public static string Member(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    private static string Bucket(string member) => IntervalModel.NameBucket(member);
}
