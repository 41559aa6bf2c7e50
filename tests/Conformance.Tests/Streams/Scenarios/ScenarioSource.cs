using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis.CSharp;

namespace Typed.Conformance.Tests.Streams.Scenarios;

/// <summary>Writes the classes of the scenarios as a user would write them, and the way to them by name.</summary>
internal static class ScenarioSource
{
    public const string Namespace = "Typed.StreamScenarios";

    public static string Write(IReadOnlyDictionary<string, JsonElement> declared)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $$"""
            using System.Text.Json;
            using System.Text.Json.Serialization;
            using Typed;
            using Typed.Conformance.Tests.Streams.Scenarios;

            namespace {{Namespace}};

            public sealed class StreamClasses : IStreamClasses
            {
                public DeclarationModule Module => TypedModule.Instance;

                public IStreamTarget In(TypedStore store, string className, string space) => className switch
                {
            """);
        foreach (var (name, declaration) in declared)
        {
            // A member named In has that name for itself.
            var entry = declaration.GetProperty("members").EnumerateArray().Any(member => Text(member, "name") is "In") ? "EventsIn" : "In";
            text.AppendLine(CultureInfo.InvariantCulture, $$"""        "{{name}}" => new StreamTarget<{{name}}>({{name}}.{{entry}}(store, space)),""");
        }

        text.AppendLine("        _ => throw new System.NotSupportedException(className),").AppendLine("    };").AppendLine("}");
        foreach (var type in declared.Values.SelectMany(Types).DistinctBy(type => type.GetProperty("name").GetString(), StringComparer.Ordinal))
        {
            text.AppendLine().AppendLine(Record(type));
        }

        return text.ToString();
    }

    public static string Attribute(string stream, string? retain) =>
        $"[EventStream(Name = {SymbolDisplay.FormatLiteral(stream, quote: true)}{(retain is null ? "" : $", Retain = {SymbolDisplay.FormatLiteral(retain, quote: true)}")})]";

    private static IEnumerable<JsonElement> Types(JsonElement declaration) =>
        declaration.Find("types") is { } types ? types.EnumerateArray().Prepend(declaration) : [declaration];

    private static string Record(JsonElement type)
    {
        var members = type.GetProperty("members").EnumerateArray().ToLookup(member => Attributes(member).Contains("JsonExtensionData", StringComparer.Ordinal));
        var parameters = string.Join(", ", members[false].Select(member => $"{Marks(member)}{Text(member, "type")} {Text(member, "name")}"));
        var others = string.Concat(members[true].Select(member => $"{Marks(member)}public {Text(member, "type")} {Text(member, "name")} {{ get; init; }} "));
        var (attribute, partial) = type.FindText("stream") is { } stream ? (Attribute(stream, type.FindText("retain")) + "\n", "partial ") : ("", "");
        return $"{attribute}public {partial}record {Text(type, "name")}({parameters}) {{ {others}}}";
    }

    private static string Marks(JsonElement member) => string.Concat(Attributes(member).Select(attribute => $"[{attribute}] "));

    private static IEnumerable<string> Attributes(JsonElement member) =>
        member.Find("attributes") is { } attributes ? attributes.EnumerateArray().Select(attribute => attribute.GetString()!) : [];

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;
}
