using Typed.Generator.Model;
using Typed.Generator.Model.Series;

namespace Typed.Generator.Emission.Series;

/// <summary>
/// What the key of a series with namespaces has beside its members: the namespace, which handles put into keys that go to the database and take out of those
/// that come from there. Callers never see it.
/// </summary>
internal sealed class NamespaceEmitter
{
    private const string Text = "global::Typed.Generated.Column<string, global::Typed.Generated.TextColumn>";

    /// <summary>Stands before the members that are read.</summary>
    public const string Read = $"{Text}.Read(row, ordinal), ";

    private readonly EquatableArray<MemberModel> _keys;
    private readonly string _type;
    private readonly string _field;

    /// <param name="keys">The members.</param>
    /// <param name="type">The key's name.</param>
    public NamespaceEmitter(EquatableArray<MemberModel> keys, string type)
    {
        (_keys, _type) = (keys, type);
        _field = CSharp.Free("_namespace", name => keys.Any(key => key.Name == name));
    }

    /// <summary>Stands after the hash of the members.</summary>
    public string Hash => $" ^ (this.{_field} is null ? 0 : unchecked({Text}.Hash(this.{_field}) * 31))";

    /// <summary>Stands before the comparison of the members.</summary>
    public string Equal => $"string.Equals(this.{_field}, other.{_field}) && ";

    /// <summary>Stands before the order of the first member.</summary>
    public string Compare => $"string.CompareOrdinal(this.{_field}, other.{_field}) is var space and not 0 ? space : ";

    /// <summary>Stands before the members that are compared with a row.</summary>
    public string Holds => $"{Text}.Holds(row, ordinal, key.{_field}!) && ";

    /// <summary>Stands before the members of a key that is made from another.</summary>
    public string Given => $"key.{_field}, ";

    public void Members(SourceWriter writer)
    {
        var parameter = CSharp.Free("seriesNamespace", name => _keys.Any(key => key.Name == name));
        var parameters = string.Concat(_keys.Select(key => $", {key.Type.Name} {CSharp.Identifier(key.Name)}"));
        writer.Line().Line($"private readonly string? {_field};").Line();
        writer.Block($"private {_type}(string? {parameter}{parameters})", inside =>
        {
            inside.Line($"this.{_field} = {parameter};");
            foreach (var name in _keys.Select(key => CSharp.Identifier(key.Name)))
            {
                inside.Line($"this.{name} = {name};");
            }
        });
    }

    public void Write(SourceWriter writer) => writer.Line($"{Text}.Write(parameters, key.{_field}!);");

    public void WriteAll(SourceWriter writer) => writer.Line($"{Text}.WriteAll(arrays, keys, static (in {_type} key) => key.{_field}!);");

    public void Interface(SourceWriter writer)
    {
        var members = string.Concat(_keys.Select(key => $", key.{CSharp.Identifier(key.Name)}"));
        var type = $"global::Typed.Generated.ISeriesKey<{_type}>";
        writer.Line().Line($"static {_type} {type}.InNamespace(in {_type} key, string? seriesNamespace) => new(seriesNamespace{members});");
        writer.Line().Line($"static string? {type}.NamespaceOf(in {_type} key) => key.{_field};");
    }
}
