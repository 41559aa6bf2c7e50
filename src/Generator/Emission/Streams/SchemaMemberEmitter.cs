using Microsoft.CodeAnalysis.Text;
using Typed.Generator.Model;
using Typed.Generator.Model.Streams;
using Typed.Generator.Shapes.Streams;
using Typed.Schema.Json;
using Typed.Schema.Shapes;

namespace Typed.Generator.Emission.Streams;

/// <summary>Emits the members that a class gets from the schema file, and the types of nested objects in a class of their own beside them.</summary>
internal sealed class SchemaMemberEmitter
{
    private const string Nested = "Types";

    private readonly string _naming;
    private readonly string _types;
    private readonly List<(string Name, JsonSchema Schema)> _open = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private SchemaMemberEmitter(string naming, string types) => (_naming, _types) = (naming, types);

    public static SourceText Emit(SchemaMembers members) => PartialTypeWriter.Write(members.Type, "", body =>
    {
        var names = new HashSet<string>(members.OwnNames, StringComparer.Ordinal);
        var schema = JsonSchemaParser.Parse(members.Schema);
        var nested = CSharp.Free(Nested, name => names.Contains(name) || (schema.Properties ?? []).Any(one => MemberNames.Of(one.Key) == name));
        names.Add(nested);
        var emitter = new SchemaMemberEmitter(members.Naming, $"{members.Type.FullName}.{nested}");
        emitter.WriteMembers(body, schema, "", names, members.OwnMembers);
        if (emitter._open.Count > 0)
        {
            body.Line().Line("/// <summary>The types of objects in the events.</summary>");
            body.Block($"public static class {nested}", emitter.WriteNested);
        }
    });

    // Types of objects inside these follow as they are met.
    private void WriteNested(SourceWriter writer)
    {
        for (var i = 0; i < _open.Count; i++)
        {
            var (name, schema) = _open[i];
            Separate(writer, isFirst: i == 0).Line("/// <summary>An object in the events, as it is stored.</summary>");
            writer.Block(
                $"public sealed record {name}", body => WriteMembers(body, schema, name, new HashSet<string>(StringComparer.Ordinal) { name }, []));
        }
    }

    private void WriteMembers(SourceWriter writer, JsonSchema schema, string prefix, HashSet<string> names, IEnumerable<string> declared)
    {
        var known = new HashSet<string>(declared, StringComparer.Ordinal);
        var isFirst = true;
        foreach (var member in schema.Properties ?? JsonSchema.NewProperties())
        {
            if (known.Add(member.Key))
            {
                WriteMember(Separate(writer, isFirst), member.Key, member.Value, prefix, names);
                isFirst = false;
            }
        }
    }

    private void WriteMember(SourceWriter writer, string json, JsonProperty property, string prefix, HashSet<string> names)
    {
        var name = CSharp.Free(MemberNames.Of(json) ?? "Member", names.Contains);
        names.Add(name);
        var type = MemberTypes.Of(property.Schema, nested => Open(prefix + name, nested));
        var isNullable = !property.Required || MemberTypes.NeedsNull(property.Schema, type);
        var often = property.Required ? "In every" : property.Schema.Share is { } share ? $"In {share} of the" : "Not in every";
        var owner = (prefix.Length == 0 ? "stored event" : "such object") + (often.EndsWith("the", StringComparison.Ordinal) ? "s" : "");
        writer.Line($"/// <summary>{CSharp.Xml($"{often} {owner}: {SchemaWords.Of(property.Schema)}")}.</summary>");
        if (!string.Equals(MemberNames.ToJson(name, _naming), json, StringComparison.Ordinal))
        {
            writer.Line($"[global::System.Text.Json.Serialization.JsonPropertyName({CSharp.Literal(json)})]");
        }

        foreach (var former in property.Schema.FormerNames ?? [])
        {
            writer.Line($"[global::Typed.FormerName({CSharp.Literal(former)})]");
        }

        var required = property.Required && !isNullable ? "required " : "";
        writer.Line($"public {required}{type}{(isNullable ? "?" : "")} {CSharp.Identifier(name)} {{ get; init; }}");
    }

    private static SourceWriter Separate(SourceWriter writer, bool isFirst) => isFirst ? writer : writer.Line();

    private string Open(string wanted, JsonSchema schema)
    {
        var name = CSharp.Free(wanted, taken => _names.Contains(taken));
        _names.Add(name);
        _open.Add((name, schema));
        return $"{_types}.{CSharp.Identifier(name)}";
    }
}
